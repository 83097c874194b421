package org.crmgateway.customer;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.crmgateway.call.Call;
import org.crmgateway.database.Tx;
import org.crmgateway.failure.Violations;
import org.crmgateway.record.Patch;
import org.crmgateway.record.RecordKind;
import org.crmgateway.record.Room;
import org.crmgateway.record.Stored;
import org.crmgateway.record.Totals;
import org.jspecify.annotations.Nullable;

/** What a customer may become. */
final class CustomerRules implements Room<Customer, CustomerInput> {
    private static final Set<String> CLEARABLE = Set.of(
            "source",
            "segment",
            "email",
            "phone",
            "taxId",
            "validFrom",
            "validUntil",
            "owner",
            "notes",
            "addresses",
            "contacts");
    private static final int MOST_ADDRESSES = 20;
    private static final int MOST_CONTACTS = 50;

    @Override
    public RecordKind kind() {
        return RecordKind.CUSTOMER;
    }

    @Override
    public Customer create(Tx tx, Call call, CustomerInput input) {
        return merged(null, input);
    }

    @Override
    public Customer change(Tx tx, Call call, Stored<Customer> current, CustomerInput input) {
        return merged(current.value(), input);
    }

    @Override
    public String status(Customer value) {
        return value.status().name();
    }

    @Override
    public List<String> references(Customer value) {
        return List.of();
    }

    @Override
    public @Nullable Totals totals(Customer value) {
        return null;
    }

    private static Customer merged(@Nullable Customer current, CustomerInput input) {
        Violations violations = new Violations();
        Patch<Customer> patch = new Patch<>(current, input.clear(), CLEARABLE, "customer", violations);
        String name = patch.required("name", input.name(), Customer::name);
        CustomerKind kind = patch.required("kind", input.kind(), Customer::kind);
        CustomerStatus status = patch.field("status", input.status(), Customer::status);
        String source = patch.field("source", input.source(), Customer::source);
        String segment = patch.field("segment", input.segment(), Customer::segment);
        String email = patch.field("email", input.email(), Customer::email);
        String phone = patch.field("phone", input.phone(), Customer::phone);
        String taxId = patch.field("taxId", input.taxId(), Customer::taxId);
        LocalDate validFrom = patch.field("validFrom", input.validFrom(), Customer::validFrom);
        LocalDate validUntil = patch.field("validUntil", input.validUntil(), Customer::validUntil);
        String owner = patch.field("owner", input.owner(), Customer::owner);
        String notes = patch.field("notes", input.notes(), Customer::notes);
        List<Address> addresses = addresses(patch, input, violations);
        List<Contact> contacts = contacts(patch, input, violations);
        violations.require(
                validFrom == null || validUntil == null || !validUntil.isBefore(validFrom),
                "customer/validUntil",
                "BEFORE_VALID_FROM");
        violations.require(addresses.size() <= MOST_ADDRESSES, "customer/addresses", "TOO_MANY");
        violations.require(contacts.size() <= MOST_CONTACTS, "customer/contacts", "TOO_MANY");
        violations.refuse();
        return new Customer(
                Objects.requireNonNull(name),
                Objects.requireNonNull(kind),
                status == null ? CustomerStatus.ACTIVE : status,
                source,
                segment,
                email,
                phone,
                taxId,
                validFrom,
                validUntil,
                owner,
                notes,
                addresses,
                contacts);
    }

    private static List<Address> addresses(Patch<Customer> patch, CustomerInput input, Violations violations) {
        List<Address> before = patch.children("addresses", input.addresses(), Customer::addresses);
        if (input.addresses() == null) {
            return before;
        }
        return input.addresses()
                .over(
                        before,
                        Address::addressKey,
                        AddressInput::addressKey,
                        AddressInput::removed,
                        (entry, address, path) ->
                                (address == null ? Address.named(entry.addressKey()) : address).with(entry),
                        "customer/addresses/address",
                        violations);
    }

    private static List<Contact> contacts(Patch<Customer> patch, CustomerInput input, Violations violations) {
        List<Contact> before = patch.children("contacts", input.contacts(), Customer::contacts);
        if (input.contacts() == null) {
            return before;
        }
        return input.contacts()
                .over(
                        before,
                        Contact::contactKey,
                        ContactInput::contactKey,
                        ContactInput::removed,
                        (entry, contact, path) -> contact(entry, contact, path, violations),
                        "customer/contacts/contact",
                        violations);
    }

    private static Contact contact(ContactInput entry, @Nullable Contact current, String path, Violations violations) {
        Contact before = current == null ? new Contact(entry.contactKey(), "", null, null, null) : current;
        String name = entry.name() == null ? before.name() : entry.name();
        violations.require(!name.isEmpty(), path + "/name", "REQUIRED");
        return new Contact(
                entry.contactKey(),
                name,
                entry.role() == null ? before.role() : entry.role(),
                entry.email() == null ? before.email() : entry.email(),
                entry.phone() == null ? before.phone() : entry.phone());
    }
}
