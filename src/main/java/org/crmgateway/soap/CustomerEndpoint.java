package org.crmgateway.soap;

import org.crmgateway.call.Call;
import org.crmgateway.contract.customer.CreateCustomerRequest;
import org.crmgateway.contract.customer.CreateCustomerResponse;
import org.crmgateway.contract.customer.CustomerPort;
import org.crmgateway.contract.customer.DeleteCustomerRequest;
import org.crmgateway.contract.customer.DeleteCustomerResponse;
import org.crmgateway.contract.customer.GetCustomerChangesRequest;
import org.crmgateway.contract.customer.GetCustomerChangesResponse;
import org.crmgateway.contract.customer.GetCustomerRequest;
import org.crmgateway.contract.customer.GetCustomerResponse;
import org.crmgateway.contract.customer.SaveCustomersRequest;
import org.crmgateway.contract.customer.SaveCustomersResponse;
import org.crmgateway.contract.customer.SearchCustomersRequest;
import org.crmgateway.contract.customer.SearchCustomersResponse;
import org.crmgateway.contract.customer.UndeleteCustomerRequest;
import org.crmgateway.contract.customer.UndeleteCustomerResponse;
import org.crmgateway.contract.customer.UpdateCustomerRequest;
import org.crmgateway.contract.customer.UpdateCustomerResponse;
import org.crmgateway.contract.customer.UpsertCustomerRequest;
import org.crmgateway.contract.customer.UpsertCustomerResponse;
import org.crmgateway.customer.Customers;

/**
 * The door of CustomerService: one for each message.
 *
 * @param call the message being served
 */
record CustomerEndpoint(Call call, Customers customers) implements CustomerPort {

    @Override
    public CreateCustomerResponse createCustomer(CreateCustomerRequest request) {
        return CustomerAnswers.created(call, customers.create(call, CustomerXml.draft(request.getCustomer())));
    }

    @Override
    public UpdateCustomerResponse updateCustomer(UpdateCustomerRequest request) {
        return CustomerAnswers.updated(call, customers.update(call, CustomerXml.draft(request.getCustomer())));
    }

    @Override
    public UpsertCustomerResponse upsertCustomer(UpsertCustomerRequest request) {
        return CustomerAnswers.upserted(call, customers.upsert(call, CustomerXml.draft(request.getCustomer())));
    }

    @Override
    public DeleteCustomerResponse deleteCustomer(DeleteCustomerRequest request) {
        return CustomerAnswers.deleted(
                call, customers.delete(call, ReceiptXml.key(request.getKey()), request.getExpectedVersion()));
    }

    @Override
    public UndeleteCustomerResponse undeleteCustomer(UndeleteCustomerRequest request) {
        return CustomerAnswers.undeleted(
                call, customers.undelete(call, ReceiptXml.key(request.getKey()), request.getExpectedVersion()));
    }

    @Override
    public SaveCustomersResponse saveCustomers(SaveCustomersRequest request) {
        return CustomerAnswers.saved(
                call, customers.save(call, CustomerXml.rows(request.getRow()), request.isAllOrNone()));
    }

    @Override
    public GetCustomerResponse getCustomer(GetCustomerRequest request) {
        var seen = customers.get(call, ReceiptXml.key(request.getKey()), ReceiptXml.flag(request.isIncludeDeleted()));
        GetCustomerResponse response = new GetCustomerResponse();
        response.setResponseHeader(ReceiptXml.header(call, false));
        response.setCustomer(CustomerXml.customer(seen));
        return response;
    }

    @Override
    public SearchCustomersResponse searchCustomers(SearchCustomersRequest request) {
        var page = customers.search(
                call,
                CustomerXml.filter(request.getFilter(), ReceiptXml.flag(request.isIncludeDeleted())),
                ReceiptXml.pageSize(request.getPageSize()),
                request.getCursor());
        SearchCustomersResponse response = new SearchCustomersResponse();
        response.setResponseHeader(ReceiptXml.header(call, false));
        page.records().forEach(seen -> response.getCustomer().add(CustomerXml.customer(seen)));
        response.setNextCursor(page.nextCursor());
        response.setChangesCursor(page.changesCursor());
        return response;
    }

    @Override
    public GetCustomerChangesResponse getCustomerChanges(GetCustomerChangesRequest request) {
        var page = customers.changes(call, request.getCursor(), ReceiptXml.pageSize(request.getPageSize()));
        GetCustomerChangesResponse response = new GetCustomerChangesResponse();
        response.setResponseHeader(ReceiptXml.header(call, false));
        page.changes().forEach(change -> response.getChange().add(CustomerXml.change(change)));
        response.setNextCursor(page.nextCursor());
        response.setMore(page.more());
        return response;
    }
}
