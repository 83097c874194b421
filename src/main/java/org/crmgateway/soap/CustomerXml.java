package org.crmgateway.soap;

import java.util.List;
import org.crmgateway.contract.customer.AddressInputList;
import org.crmgateway.contract.customer.ContactInputList;
import org.crmgateway.contract.customer.CustomerChange;
import org.crmgateway.contract.customer.CustomerRow;
import org.crmgateway.customer.Address;
import org.crmgateway.customer.AddressInput;
import org.crmgateway.customer.Contact;
import org.crmgateway.customer.ContactInput;
import org.crmgateway.customer.Customer;
import org.crmgateway.customer.CustomerFilter;
import org.crmgateway.customer.CustomerInput;
import org.crmgateway.customer.CustomerKind;
import org.crmgateway.customer.CustomerStatus;
import org.crmgateway.record.Children;
import org.crmgateway.record.Draft;
import org.crmgateway.record.RecordKey;
import org.crmgateway.record.Row;
import org.crmgateway.record.Seen;
import org.crmgateway.record.SeenChange;
import org.jspecify.annotations.Nullable;

/** Customers between the wire and the domain. */
final class CustomerXml {
    private CustomerXml() {}

    static Draft<CustomerInput> draft(org.crmgateway.contract.customer.CustomerInput sent) {
        CustomerInput input = new CustomerInput(
                sent.getName(),
                sent.getKind() == null
                        ? null
                        : CustomerKind.valueOf(sent.getKind().name()),
                sent.getStatus() == null
                        ? null
                        : CustomerStatus.valueOf(sent.getStatus().name()),
                sent.getSource(),
                sent.getSegment(),
                sent.getEmail(),
                sent.getPhone(),
                sent.getTaxId(),
                sent.getValidFrom(),
                sent.getValidUntil(),
                sent.getOwner(),
                sent.getNotes(),
                addresses(sent.getAddresses()),
                contacts(sent.getContacts()),
                sent.getClear());
        return new Draft<>(new RecordKey(sent.getId(), sent.getExternalId()), sent.getExpectedVersion(), input);
    }

    static List<Row<CustomerInput>> rows(List<CustomerRow> sent) {
        return sent.stream()
                .map(row -> new Row<>(row.getRowId(), draft(row.getCustomer())))
                .toList();
    }

    static CustomerFilter filter(
            org.crmgateway.contract.customer.@Nullable CustomerFilter sent, boolean includeDeleted) {
        if (sent == null) {
            return new CustomerFilter(null, null, null, null, null, null, null, includeDeleted);
        }
        return new CustomerFilter(
                sent.getName(),
                sent.getStatus() == null
                        ? null
                        : CustomerStatus.valueOf(sent.getStatus().name()),
                sent.getSource(),
                sent.getSegment(),
                sent.getChangedSince(),
                sent.getValidOn(),
                sent.getExternalId(),
                includeDeleted);
    }

    static org.crmgateway.contract.customer.Customer customer(Seen<Customer> seen) {
        var record = seen.record();
        Customer value = record.value();
        var customer = new org.crmgateway.contract.customer.Customer();
        customer.setId(record.id());
        customer.setExternalId(seen.externalId());
        customer.setVersion(record.version());
        customer.setDeleted(record.deleted());
        customer.setCreatedAt(record.createdAt());
        customer.setChangedAt(record.changedAt());
        customer.setName(value.name());
        customer.setKind(value.kind().name());
        customer.setStatus(value.status().name());
        customer.setSource(value.source());
        customer.setSegment(value.segment());
        customer.setEmail(value.email());
        customer.setPhone(value.phone());
        customer.setTaxId(value.taxId());
        customer.setValidFrom(value.validFrom());
        customer.setValidUntil(value.validUntil());
        customer.setOwner(value.owner());
        customer.setNotes(value.notes());
        value.addresses().forEach(address -> customer.getAddress().add(address(address)));
        value.contacts().forEach(contact -> customer.getContact().add(contact(contact)));
        return customer;
    }

    static CustomerChange change(SeenChange<Customer> seen) {
        CustomerChange change = new CustomerChange();
        change.setKind(seen.event());
        change.setAt(seen.at());
        change.setOwn(seen.own());
        change.setCustomer(customer(seen.seen()));
        return change;
    }

    private static @Nullable Children<AddressInput> addresses(@Nullable AddressInputList sent) {
        if (sent == null) {
            return null;
        }
        List<AddressInput> entries = sent.getAddress().stream()
                .map(entry -> new AddressInput(
                        entry.getAddressKey(),
                        ReceiptXml.flag(entry.isRemoved()),
                        entry.getKind(),
                        entry.getLine1(),
                        entry.getLine2(),
                        entry.getCity(),
                        entry.getPostalCode(),
                        entry.getRegion(),
                        entry.getCountry()))
                .toList();
        return new Children<>(ReceiptXml.flag(sent.isComplete()), entries);
    }

    private static @Nullable Children<ContactInput> contacts(@Nullable ContactInputList sent) {
        if (sent == null) {
            return null;
        }
        List<ContactInput> entries = sent.getContact().stream()
                .map(entry -> new ContactInput(
                        entry.getContactKey(),
                        ReceiptXml.flag(entry.isRemoved()),
                        entry.getName(),
                        entry.getRole(),
                        entry.getEmail(),
                        entry.getPhone()))
                .toList();
        return new Children<>(ReceiptXml.flag(sent.isComplete()), entries);
    }

    private static org.crmgateway.contract.customer.Address address(Address value) {
        var address = new org.crmgateway.contract.customer.Address();
        address.setAddressKey(value.addressKey());
        address.setKind(value.kind());
        address.setLine1(value.line1());
        address.setLine2(value.line2());
        address.setCity(value.city());
        address.setPostalCode(value.postalCode());
        address.setRegion(value.region());
        address.setCountry(value.country());
        return address;
    }

    private static org.crmgateway.contract.customer.Contact contact(Contact value) {
        var contact = new org.crmgateway.contract.customer.Contact();
        contact.setContactKey(value.contactKey());
        contact.setName(value.name());
        contact.setRole(value.role());
        contact.setEmail(value.email());
        contact.setPhone(value.phone());
        return contact;
    }
}
