package org.crmgateway.call;

import java.time.Duration;

/**
 * What a partner with a limit of calls has left after this call.
 *
 * @param callsPerMinute the limit
 * @param remaining calls left now
 * @param untilFull until all of them are left again
 */
public record Allowance(int callsPerMinute, int remaining, Duration untilFull) {}
