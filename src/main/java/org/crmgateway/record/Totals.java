package org.crmgateway.record;

import java.math.BigDecimal;

/** The sums of a record's lines, in its currency and that currency's minor units. */
public record Totals(BigDecimal net, BigDecimal tax, BigDecimal gross) {}
