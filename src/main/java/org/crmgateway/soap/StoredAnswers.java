package org.crmgateway.soap;

import org.crmgateway.call.Call;
import org.crmgateway.idempotency.StoredAnswer;
import org.crmgateway.record.BatchReceipt;
import org.crmgateway.record.Receipt;

/** Turns the stored answer of a write into the response element it once was. */
final class StoredAnswers {
    private StoredAnswers() {}

    static Object response(Call call, StoredAnswer stored) {
        return switch (stored.operation()) {
            case CREATE_CUSTOMER -> CustomerAnswers.created(call, stored.as(Receipt.class));
            case UPDATE_CUSTOMER -> CustomerAnswers.updated(call, stored.as(Receipt.class));
            case UPSERT_CUSTOMER -> CustomerAnswers.upserted(call, stored.as(Receipt.class));
            case DELETE_CUSTOMER -> CustomerAnswers.deleted(call, stored.as(Receipt.class));
            case UNDELETE_CUSTOMER -> CustomerAnswers.undeleted(call, stored.as(Receipt.class));
            case SAVE_CUSTOMERS -> CustomerAnswers.saved(call, stored.as(BatchReceipt.class));
            case CREATE_ORDER -> OrderAnswers.created(call, stored.as(Receipt.class));
            case UPDATE_ORDER -> OrderAnswers.updated(call, stored.as(Receipt.class));
            case UPSERT_ORDER -> OrderAnswers.upserted(call, stored.as(Receipt.class));
            case CHANGE_ORDER_STATUS -> OrderAnswers.statusChanged(call, stored.as(Receipt.class));
            case CANCEL_ORDER -> OrderAnswers.cancelled(call, stored.as(Receipt.class));
            case SAVE_ORDERS -> OrderAnswers.saved(call, stored.as(BatchReceipt.class));
            case GET_CUSTOMER, SEARCH_CUSTOMERS, GET_CUSTOMER_CHANGES, GET_ORDER, SEARCH_ORDERS, GET_ORDER_CHANGES ->
                throw new IllegalStateException("reads store no answer");
        };
    }
}
