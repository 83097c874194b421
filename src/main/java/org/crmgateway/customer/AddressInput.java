package org.crmgateway.customer;

import org.jspecify.annotations.Nullable;

/**
 * An address as sent; absent fields mean "unchanged".
 *
 * @param removed take the address with this key away
 */
public record AddressInput(
        String addressKey,
        boolean removed,
        @Nullable String kind,
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String city,
        @Nullable String postalCode,
        @Nullable String region,
        @Nullable String country) {}
