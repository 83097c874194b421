package org.crmgateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.util.List;
import org.crmgateway.failure.OperatorError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which proxies are trusted. */
final class ClientAddressesTest {
    @Test
    void networksOfBothVersionsAndSingleAddressesAreKnown() throws Exception {
        ClientAddresses clients = new ClientAddresses(List.of("10.0.0.0/8", "192.0.2.1", "2001:db8::/32"));

        for (String proxy : List.of("10.255.1.2", "192.0.2.1", "2001:db8:1::9")) {
            assertThat(clients.proxy(InetAddress.getByName(proxy))).as(proxy).isTrue();
        }
        for (String other : List.of("11.0.0.1", "192.0.2.2", "2001:db9::1", "::1")) {
            assertThat(clients.proxy(InetAddress.getByName(other))).as(other).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example", "10.0.0.0/33", "10.0.0.300", "all", "10.0.0.0/8;11.0.0.0/8", "2001:db8::/129"})
    void whatIsNoNetworkIsToldWithItsKey(String network) {
        assertThatExceptionOfType(OperatorError.class)
                .isThrownBy(() -> new ClientAddresses(List.of(network)))
                .withMessageContaining("web.trusted-proxies");
    }
}
