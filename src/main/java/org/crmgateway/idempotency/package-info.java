/** A repeated call gets the first answer. */
@NullMarked
package org.crmgateway.idempotency;

import org.jspecify.annotations.NullMarked;
