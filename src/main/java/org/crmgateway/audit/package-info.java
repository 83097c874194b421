/** The trail of what was done, written in the caller's transaction. */
@NullMarked
package org.crmgateway.audit;

import org.jspecify.annotations.NullMarked;
