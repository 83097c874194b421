/** Copies of what the database holds: backups of H2, and a portable form that any of our databases can take in. */
@NullMarked
package org.crmgateway.backup;

import org.jspecify.annotations.NullMarked;
