/** Counters and timers, by partner and operation. */
@NullMarked
package org.crmgateway.telemetry;

import org.jspecify.annotations.NullMarked;
