package org.crmgateway.partner;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * On what terms a partner may still use {@link Dialect#LEGACY_2005}.
 *
 * @param until the last day, in UTC
 * @param networks where its calls come from
 */
public record Legacy(LocalDate until, List<Network> networks) {
    public Legacy {
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("a network is needed");
        }
        networks = List.copyOf(networks);
    }

    /** How many days are left after today's; negative when it is over. */
    public long daysLeft(Instant now) {
        return ChronoUnit.DAYS.between(LocalDate.ofInstant(now, ZoneOffset.UTC), until);
    }

    public boolean over(Instant now) {
        return daysLeft(now) < 0;
    }

    /** The first moment at which it is over. */
    public Instant end() {
        return until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** @param peer the address of the connection, in digits */
    public boolean admits(String peer) {
        return networks.stream().anyMatch(network -> network.contains(peer));
    }
}
