package org.crmgateway.customer;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An organisation or a person that orders. Component names are the stored form.
 *
 * @param source where the customer came from, e.g. {@code ONLINE_PROMOTION}
 * @param validFrom first day of the validity period
 * @param validUntil its last day
 */
public record Customer(
        String name,
        CustomerKind kind,
        CustomerStatus status,
        @Nullable String source,
        @Nullable String segment,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String taxId,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validUntil,
        @Nullable String owner,
        @Nullable String notes,
        List<Address> addresses,
        List<Contact> contacts) {

    public Customer {
        addresses = List.copyOf(addresses);
        contacts = List.copyOf(contacts);
    }
}
