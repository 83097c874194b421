package org.crmgateway.customer;

import java.time.LocalDate;
import java.util.List;
import org.crmgateway.record.Children;
import org.jspecify.annotations.Nullable;

/**
 * A customer as sent; absent fields mean "unchanged".
 *
 * @param clear names of the fields to empty
 */
public record CustomerInput(
        @Nullable String name,
        @Nullable CustomerKind kind,
        @Nullable CustomerStatus status,
        @Nullable String source,
        @Nullable String segment,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String taxId,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validUntil,
        @Nullable String owner,
        @Nullable String notes,
        @Nullable Children<AddressInput> addresses,
        @Nullable Children<ContactInput> contacts,
        List<String> clear) {
    public CustomerInput {
        clear = List.copyOf(clear);
    }
}
