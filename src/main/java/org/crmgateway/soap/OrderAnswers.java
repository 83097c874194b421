package org.crmgateway.soap;

import org.crmgateway.call.Call;
import org.crmgateway.contract.order.CancelOrderResponse;
import org.crmgateway.contract.order.ChangeOrderStatusResponse;
import org.crmgateway.contract.order.CreateOrderResponse;
import org.crmgateway.contract.order.SaveOrdersResponse;
import org.crmgateway.contract.order.UpdateOrderResponse;
import org.crmgateway.contract.order.UpsertOrderResponse;
import org.crmgateway.idempotency.Answered;
import org.crmgateway.record.BatchReceipt;
import org.crmgateway.record.Receipt;

/** The answers of the order writes, fresh or stored. */
final class OrderAnswers {
    private OrderAnswers() {}

    static CreateOrderResponse created(Call call, Answered<Receipt> answered) {
        CreateOrderResponse response = new CreateOrderResponse();
        response.setResponseHeader(ReceiptXml.header(call, answered.replayed()));
        response.setReceipt(ReceiptXml.receipt(call, answered));
        return response;
    }

    static UpdateOrderResponse updated(Call call, Answered<Receipt> answered) {
        UpdateOrderResponse response = new UpdateOrderResponse();
        response.setResponseHeader(ReceiptXml.header(call, answered.replayed()));
        response.setReceipt(ReceiptXml.receipt(call, answered));
        return response;
    }

    static UpsertOrderResponse upserted(Call call, Answered<Receipt> answered) {
        UpsertOrderResponse response = new UpsertOrderResponse();
        response.setResponseHeader(ReceiptXml.header(call, answered.replayed()));
        response.setReceipt(ReceiptXml.receipt(call, answered));
        return response;
    }

    static ChangeOrderStatusResponse statusChanged(Call call, Answered<Receipt> answered) {
        ChangeOrderStatusResponse response = new ChangeOrderStatusResponse();
        response.setResponseHeader(ReceiptXml.header(call, answered.replayed()));
        response.setReceipt(ReceiptXml.receipt(call, answered));
        return response;
    }

    static CancelOrderResponse cancelled(Call call, Answered<Receipt> answered) {
        CancelOrderResponse response = new CancelOrderResponse();
        response.setResponseHeader(ReceiptXml.header(call, answered.replayed()));
        response.setReceipt(ReceiptXml.receipt(call, answered));
        return response;
    }

    static SaveOrdersResponse saved(Call call, Answered<BatchReceipt> answered) {
        SaveOrdersResponse response = new SaveOrdersResponse();
        response.setResponseHeader(ReceiptXml.header(call, answered.replayed()));
        response.setCommitted(answered.answer().committed());
        response.getResult().addAll(ReceiptXml.results(call, answered));
        return response;
    }
}
