/** What can go wrong: one exception, one closed list of codes. */
@NullMarked
package org.crmgateway.failure;

import org.jspecify.annotations.NullMarked;
