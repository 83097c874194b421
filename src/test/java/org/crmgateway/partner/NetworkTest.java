package org.crmgateway.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16, 10.20.255.255, true",
        "10.20.0.0/16, 10.21.0.0, false",
        "10.20.0.0/15, 10.21.0.0, true",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "10.0.0.0/8, localhost, false",
        "10.0.0.0/8, -, false",
    })
    void anAddressIsInARangeOrNot(String network, String address, boolean inside) {
        assertThat(Network.of(network).contains(address)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.20.0.1/16",
                "10.0.0.0/33",
                "localhost",
                "localhost/8",
                "",
                "10.0.0.0/",
                "300.0.0.0/8",
                "::1/129"
            })
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> Network.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLastDayCountsInUtc() {
        Legacy terms = new Legacy(LocalDate.parse("2027-03-31"), List.of(Network.of("10.0.0.0/8")));

        assertThat(terms.over(Instant.parse("2027-03-31T23:59:59Z"))).isFalse();
        assertThat(terms.over(Instant.parse("2027-04-01T00:00:00Z"))).isTrue();
        assertThat(terms.daysLeft(Instant.parse("2027-03-01T12:00:00Z"))).isEqualTo(30);
        assertThat(terms.end()).isEqualTo(Instant.parse("2027-04-01T00:00:00Z"));
    }
}
