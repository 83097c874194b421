package org.crmgateway.demo;

import io.trino.tpch.Customer;
import java.util.List;
import java.util.Set;
import org.crmgateway.contract.common.RowResult;
import org.crmgateway.contract.customer.AddressInput;
import org.crmgateway.contract.customer.AddressInputList;
import org.crmgateway.contract.customer.CustomerInput;
import org.crmgateway.contract.customer.CustomerKindInput;
import org.crmgateway.contract.customer.CustomerRow;
import org.crmgateway.contract.customer.GatewayFaultMessage;
import org.crmgateway.contract.customer.SaveCustomersRequest;
import org.crmgateway.failure.OperatorError;

/** Brings TPC-H's customers in by saveCustomers; those already there stay as they are. */
final class CustomerBatches {
    private static final int MOST_ROWS = 200;
    private static final Set<String> RIGHT = Set.of("created", "updated", "unchanged");
    /** ISO 3166-1 codes of TPC-H's nations, by n_nationkey (section 4.2.3). */
    private static final List<String> COUNTRIES = List.of(
            "DZ", "AR", "BR", "CA", "EG", "ET", "FR", "DE", "IN", "ID", "IR", "IQ", "JP", "JO", "KE", "MA", "MZ", "PE",
            "CN", "RO", "SA", "VN", "RU", "GB", "US");

    private final ErpClient erp;

    CustomerBatches(ErpClient erp) {
        this.erp = erp;
    }

    /**
     * @throws OperatorError when the gateway refuses one of them
     * @throws InterruptedException between two batches
     */
    void save(List<Customer> customers, Progress progress) throws InterruptedException {
        for (int from = 0; from < customers.size(); from += MOST_ROWS) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            List<Customer> batch = customers.subList(from, Math.min(from + MOST_ROWS, customers.size()));
            save(batch);
            progress.advance(batch.size());
        }
    }

    private void save(List<Customer> batch) {
        SaveCustomersRequest request = new SaveCustomersRequest();
        request.setAllOrNone(false);
        batch.forEach(customer -> request.getRow().add(row(customer)));
        try {
            for (RowResult result : erp.customers().saveCustomers(request).getResult()) {
                if (!RIGHT.contains(result.getOutcome())) {
                    throw new OperatorError("The gateway refused customer " + result.getRowId() + ": "
                            + result.getOutcome() + " " + result.getCode());
                }
            }
        } catch (GatewayFaultMessage e) {
            throw new OperatorError(
                    "The gateway refused a batch of customers: "
                            + e.getFaultInfo().getCode() + ", call "
                            + e.getFaultInfo().getCallId(),
                    e);
        }
    }

    private static CustomerRow row(Customer customer) {
        AddressInput address = new AddressInput();
        address.setAddressKey("MAIN");
        address.setLine1(customer.getAddress());
        address.setCountry(COUNTRIES.get(Math.toIntExact(customer.getNationKey())));
        AddressInputList addresses = new AddressInputList();
        addresses.getAddress().add(address);
        CustomerInput input = new CustomerInput();
        input.setExternalId(TpchOrder.customerId(customer.getCustomerKey()));
        input.setName(customer.getName());
        input.setKind(CustomerKindInput.ORGANIZATION);
        input.setSource("TPC-H");
        input.setSegment(customer.getMarketSegment());
        input.setPhone(customer.getPhone());
        input.setNotes(customer.getComment());
        input.setAddresses(addresses);
        CustomerRow row = new CustomerRow();
        row.setRowId(String.valueOf(customer.getCustomerKey()));
        row.setCustomer(input);
        return row;
    }
}
