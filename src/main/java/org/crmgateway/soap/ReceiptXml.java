package org.crmgateway.soap;

import java.util.List;
import org.crmgateway.call.Allowance;
import org.crmgateway.call.Call;
import org.crmgateway.contract.common.Receipt;
import org.crmgateway.contract.common.RecordKey;
import org.crmgateway.contract.common.RowResult;
import org.crmgateway.contract.common.Violation;
import org.crmgateway.contract.header.Limit;
import org.crmgateway.contract.header.Notice;
import org.crmgateway.contract.header.ResponseHeader;
import org.crmgateway.idempotency.Answered;
import org.crmgateway.record.BatchReceipt;
import org.crmgateway.record.Outcome;
import org.jspecify.annotations.Nullable;

/** What all answers share, between the wire and the domain. */
final class ReceiptXml {
    private static final int PAGE_SIZE = 50;

    private ReceiptXml() {}

    static ResponseHeader header(Call call, boolean replayed) {
        ResponseHeader header = new ResponseHeader();
        header.setCallId(call.id().value());
        header.setCorrelationId(call.request().correlationId());
        if (replayed) {
            header.setReplayed(true);
        }
        if (call.allowance() != null) {
            header.setLimit(limit(call.allowance()));
        }
        call.notices().forEach(notice -> header.getNotice().add(notice(notice)));
        return header;
    }

    private static Limit limit(Allowance allowance) {
        Limit limit = new Limit();
        limit.setCallsPerMinute(allowance.callsPerMinute());
        limit.setRemaining(allowance.remaining());
        limit.setResetSeconds(
                Math.toIntExact(allowance.untilFull().plusMillis(999).toSeconds()));
        return limit;
    }

    private static Notice notice(org.crmgateway.call.Notice told) {
        Notice notice = new Notice();
        notice.setCode(told.code());
        notice.setText(told.text());
        notice.setUntil(told.until());
        return notice;
    }

    static org.crmgateway.record.RecordKey key(RecordKey key) {
        return new org.crmgateway.record.RecordKey(key.getId(), key.getExternalId());
    }

    static Receipt receipt(Call call, Answered<org.crmgateway.record.Receipt> answered) {
        var answer = answered.answer();
        Receipt receipt = new Receipt();
        if (!imagined(call, answered, answer.outcome())) {
            receipt.setId(answer.id());
            receipt.setVersion(answer.version());
        }
        receipt.setExternalId(answer.externalId());
        receipt.setOutcome(answer.outcome().wireName());
        receipt.setStatus(answer.status());
        if (answer.totals() != null) {
            receipt.setNetAmount(answer.totals().net());
            receipt.setTaxAmount(answer.totals().tax());
            receipt.setGrossAmount(answer.totals().gross());
        }
        return receipt;
    }

    /** Whether the record's id and version exist only for the length of a dry run. */
    private static boolean imagined(Call call, Answered<?> answered, Outcome outcome) {
        return call.request().validateOnly() && !answered.replayed() && outcome == Outcome.CREATED;
    }

    static List<RowResult> results(Call call, Answered<BatchReceipt> answered) {
        return answered.answer().results().stream()
                .map(row -> result(row, imagined(call, answered, row.outcome())))
                .toList();
    }

    private static RowResult result(org.crmgateway.record.RowResult row, boolean imagined) {
        RowResult result = new RowResult();
        result.setRowId(row.rowId());
        result.setOutcome(row.outcome().wireName());
        if (!imagined) {
            result.setId(row.id());
            result.setVersion(row.version());
        }
        result.setExternalId(row.externalId());
        result.setStatus(row.status());
        if (row.code() != null) {
            result.setCategory(row.code().category().name());
            result.setCode(row.code().name());
            result.setRetryable(row.code().retryable());
        }
        row.violations().forEach(violation -> result.getViolation().add(violation(violation)));
        return result;
    }

    static Violation violation(org.crmgateway.failure.Violation broken) {
        Violation violation = new Violation();
        violation.setPath(broken.path());
        violation.setRule(broken.rule());
        return violation;
    }

    static int pageSize(@Nullable Integer sent) {
        return sent == null ? PAGE_SIZE : sent;
    }

    /** An optional flag; absent is false. */
    static boolean flag(@Nullable Boolean sent) {
        return Boolean.TRUE.equals(sent);
    }
}
