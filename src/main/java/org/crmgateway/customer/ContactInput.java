package org.crmgateway.customer;

import org.jspecify.annotations.Nullable;

/**
 * A contact as sent; absent fields mean "unchanged".
 *
 * @param removed take the contact with this key away
 */
public record ContactInput(
        String contactKey,
        boolean removed,
        @Nullable String name,
        @Nullable String role,
        @Nullable String email,
        @Nullable String phone) {}
