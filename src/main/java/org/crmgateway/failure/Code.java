package org.crmgateway.failure;

import static org.crmgateway.failure.Category.BUSY;
import static org.crmgateway.failure.Category.CONFLICT;
import static org.crmgateway.failure.Category.DENIED;
import static org.crmgateway.failure.Category.INTERNAL;
import static org.crmgateway.failure.Category.INVALID;
import static org.crmgateway.failure.Category.NOT_FOUND;

/** Every failure a caller can see. The list only grows; {@code docs/faults.md} explains each, and a test compares the two. */
public enum Code {
    MALFORMED_MESSAGE(INVALID, "The message is not an acceptable SOAP envelope.", "报文不是可接受的 SOAP 信封。"),
    ACTION_MISMATCH(INVALID, "SOAPAction names another operation than the body.", "SOAPAction 与报文体的操作不一致。"),
    SCHEMA_VIOLATION(INVALID, "The request does not follow the schema.", "请求不符合模式定义。"),
    RULE_VIOLATION(INVALID, "The request breaks a rule of the contract.", "请求违反了合同规则。"),
    CURSOR_INVALID(INVALID, "The cursor was not issued to this caller for this search.", "游标不属于此调用方或此查询。"),
    MESSAGE_TOO_LARGE(INVALID, "The message is larger than this partner may send.", "报文超过了该伙伴允许的大小。"),
    OPERATION_DENIED(DENIED, "This partner may not call this operation.", "该伙伴无权调用此操作。"),
    CUSTOMER_NOT_FOUND(NOT_FOUND, "No such customer.", "客户不存在。"),
    ORDER_NOT_FOUND(NOT_FOUND, "No such order.", "订单不存在。"),
    VERSION_STALE(CONFLICT, "The record has a newer version than expected.", "记录已有更新的版本。"),
    EXTERNAL_ID_TAKEN(CONFLICT, "The external id already belongs to a record.", "外部编号已被占用。"),
    IDEMPOTENCY_MISMATCH(CONFLICT, "The idempotency key was used for another request.", "幂等键已用于其他请求。"),
    STATUS_TRANSITION_SKIPS(CONFLICT, "The order must pass the statuses between.", "订单不能跳过中间状态。"),
    STATUS_TRANSITION_BACKWARD(CONFLICT, "The order is already past this status.", "订单状态不能后退。"),
    STATUS_FINAL(CONFLICT, "The order is closed or cancelled.", "订单已关闭或已取消。"),
    CANCEL_TOO_LATE(CONFLICT, "The order has been shipped and cannot be cancelled.", "订单已发货，不能取消。"),
    ORDER_NOT_EDITABLE(CONFLICT, "The order is confirmed; its content can no longer change.", "订单已确认，内容不能再更改。"),
    CUSTOMER_BLOCKED(CONFLICT, "The customer is blocked for new orders.", "客户已冻结，不能下新订单。"),
    CUSTOMER_CLOSED(CONFLICT, "The customer is closed.", "客户已关闭。"),
    CUSTOMER_DELETED(CONFLICT, "The customer is deleted.", "客户已删除。"),
    CUSTOMER_NOT_DELETED(CONFLICT, "The customer is not deleted.", "客户未被删除。"),
    CUSTOMER_HAS_OPEN_ORDERS(CONFLICT, "The customer has open orders.", "客户仍有未结订单。"),
    CURSOR_EXPIRED(
            CONFLICT, "The changes after this cursor have been trimmed; take a new snapshot.", "游标之后的变更已清理，请重新获取快照。"),
    IN_PROGRESS(BUSY, "The first call with this key is still running.", "使用此键的首次调用仍在执行。"),
    OVERLOADED(BUSY, "The gateway is busy; nothing was done.", "网关繁忙，未执行任何操作。"),
    RATE_LIMITED(BUSY, "This partner calls more often, or more at once, than its limits allow.", "该伙伴的调用频率或并发数超出限制。"),
    INTERNAL_ERROR(INTERNAL, "An internal error occurred; the same key tells the outcome.", "内部错误；请用相同的键重新发送以获知结果。");

    private final Category category;
    private final String english;
    private final String chinese;

    Code(Category category, String english, String chinese) {
        this.category = category;
        this.english = english;
        this.chinese = chinese;
    }

    public Category category() {
        return category;
    }

    /** Whether the unchanged call may succeed later. */
    public boolean retryable() {
        return category == BUSY;
    }

    /** One short ASCII sentence; also the {@code faultstring}, since some toolkits show nothing else. */
    public String english() {
        return english;
    }

    public String chinese() {
        return chinese;
    }
}
