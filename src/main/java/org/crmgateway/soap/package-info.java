/** The endpoints: wire to domain and back, ids, limits, faults. */
@NullMarked
package org.crmgateway.soap;

import org.jspecify.annotations.NullMarked;
