package org.crmgateway.customer;

import org.jspecify.annotations.Nullable;

/**
 * A person to speak to.
 *
 * @param contactKey stable within the customer, given by the sender
 * @param role e.g. {@code PURCHASING}
 */
public record Contact(
        String contactKey,
        String name,
        @Nullable String role,
        @Nullable String email,
        @Nullable String phone) {}
