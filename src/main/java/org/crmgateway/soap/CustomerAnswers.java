package org.crmgateway.soap;

import org.crmgateway.call.Call;
import org.crmgateway.contract.customer.CreateCustomerResponse;
import org.crmgateway.contract.customer.DeleteCustomerResponse;
import org.crmgateway.contract.customer.SaveCustomersResponse;
import org.crmgateway.contract.customer.UndeleteCustomerResponse;
import org.crmgateway.contract.customer.UpdateCustomerResponse;
import org.crmgateway.contract.customer.UpsertCustomerResponse;
import org.crmgateway.idempotency.Answered;
import org.crmgateway.record.BatchReceipt;
import org.crmgateway.record.Receipt;

/** The answers of the customer writes, fresh or stored. */
final class CustomerAnswers {
    private CustomerAnswers() {}

    static CreateCustomerResponse created(Call call, Answered<Receipt> answered) {
        CreateCustomerResponse response = new CreateCustomerResponse();
        response.setResponseHeader(ReceiptXml.header(call, answered.replayed()));
        response.setReceipt(ReceiptXml.receipt(call, answered));
        return response;
    }

    static UpdateCustomerResponse updated(Call call, Answered<Receipt> answered) {
        UpdateCustomerResponse response = new UpdateCustomerResponse();
        response.setResponseHeader(ReceiptXml.header(call, answered.replayed()));
        response.setReceipt(ReceiptXml.receipt(call, answered));
        return response;
    }

    static UpsertCustomerResponse upserted(Call call, Answered<Receipt> answered) {
        UpsertCustomerResponse response = new UpsertCustomerResponse();
        response.setResponseHeader(ReceiptXml.header(call, answered.replayed()));
        response.setReceipt(ReceiptXml.receipt(call, answered));
        return response;
    }

    static DeleteCustomerResponse deleted(Call call, Answered<Receipt> answered) {
        DeleteCustomerResponse response = new DeleteCustomerResponse();
        response.setResponseHeader(ReceiptXml.header(call, answered.replayed()));
        response.setReceipt(ReceiptXml.receipt(call, answered));
        return response;
    }

    static UndeleteCustomerResponse undeleted(Call call, Answered<Receipt> answered) {
        UndeleteCustomerResponse response = new UndeleteCustomerResponse();
        response.setResponseHeader(ReceiptXml.header(call, answered.replayed()));
        response.setReceipt(ReceiptXml.receipt(call, answered));
        return response;
    }

    static SaveCustomersResponse saved(Call call, Answered<BatchReceipt> answered) {
        SaveCustomersResponse response = new SaveCustomersResponse();
        response.setResponseHeader(ReceiptXml.header(call, answered.replayed()));
        response.setCommitted(answered.answer().committed());
        response.getResult().addAll(ReceiptXml.results(call, answered));
        return response;
    }
}
