/** How often and how many at once: sources before anyone is known, partners after; decisions only, no sockets. */
@NullMarked
package org.crmgateway.limit;

import org.jspecify.annotations.NullMarked;
