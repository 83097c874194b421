package org.crmgateway.customer;

import org.jspecify.annotations.Nullable;

/**
 * A postal address.
 *
 * @param addressKey stable within the customer, given by the sender
 * @param kind e.g. {@code BILLING}
 * @param country ISO 3166-1 alpha-2
 */
public record Address(
        String addressKey,
        @Nullable String kind,
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String city,
        @Nullable String postalCode,
        @Nullable String region,
        @Nullable String country) {

    /** This address with what an input says over it. */
    Address with(AddressInput input) {
        return new Address(
                addressKey,
                or(input.kind(), kind),
                or(input.line1(), line1),
                or(input.line2(), line2),
                or(input.city(), city),
                or(input.postalCode(), postalCode),
                or(input.region(), region),
                or(input.country(), country));
    }

    static Address named(String addressKey) {
        return new Address(addressKey, null, null, null, null, null, null, null);
    }

    private static @Nullable String or(@Nullable String sent, @Nullable String current) {
        return sent == null ? current : sent;
    }
}
