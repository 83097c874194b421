package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.crmgateway.call.Call;
import org.crmgateway.call.Notice;
import org.crmgateway.idempotency.Answered;
import org.crmgateway.partner.Operation;
import org.crmgateway.record.BatchReceipt;
import org.crmgateway.record.Outcome;
import org.crmgateway.record.Receipt;
import org.crmgateway.record.RowResult;
import org.crmgateway.record.TestRooms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers say: an id that existed only for the length of a dry run is not told; a notice is. */
final class ReceiptXmlTest {
    private static final String ID = "C1KJPSVQEA71HFE865V2";

    @ParameterizedTest
    @CsvSource({
        "true,  CREATED, false, false",
        "true,  CREATED, true,  true",
        "true,  UPDATED, false, true",
        "false, CREATED, false, true"
    })
    void theIdIsToldOfARecordThatIsThere(boolean validateOnly, Outcome outcome, boolean replayed, boolean told) {
        Call call = new TestRooms(null, null, null, null, null, "main")
                .call("erp", Operation.UPSERT_CUSTOMER, null, "", validateOnly);
        Receipt receipt = new Receipt(ID, "K-1", 1, outcome, "ACTIVE", null);
        RowResult row = new RowResult("1", outcome, ID, "K-1", 1, "ACTIVE", null, List.of());

        var one = ReceiptXml.receipt(call, new Answered<>(receipt, replayed));
        var many = ReceiptXml.results(call, new Answered<>(new BatchReceipt(true, List.of(row)), replayed));

        assertThat(one.getId()).isEqualTo(told ? ID : null);
        assertThat(one.getVersion()).isEqualTo(told ? 1 : null);
        assertThat(many).hasSize(1);
        assertThat(many.get(0).getId()).isEqualTo(told ? ID : null);
        assertThat(many.get(0).getVersion()).isEqualTo(told ? 1 : null);
        assertThat(one.getExternalId()).isEqualTo("K-1");
    }

    @Test
    void aNoticeOfTheCallGoesWithItsAnswer() {
        Call plain = new TestRooms(null, null, null, null, null, "main")
                .call("erp", Operation.UPSERT_CUSTOMER, null, "", false);
        Instant until = Instant.parse("2026-12-31T23:59:59Z");
        Call call = new Call(
                plain.id(),
                plain.partner(),
                plain.dialect(),
                plain.operation(),
                plain.message(),
                plain.request(),
                List.of(new Notice("DIALECT_ENDS", "Move on.", until)),
                null);

        var notices =
                ReceiptXml.header(call.again().with(plain.request()), false).getNotice();

        assertThat(ReceiptXml.header(plain, false).getNotice()).isEmpty();
        assertThat(notices).hasSize(1);
        assertThat(notices.get(0).getCode()).isEqualTo("DIALECT_ENDS");
        assertThat(notices.get(0).getText()).isEqualTo("Move on.");
        assertThat(notices.get(0).getUntil()).isEqualTo(until);
    }
}
