/**
 * What every kind of record shares, once: finding by our id or an external id, version check, the idempotent write, batch
 * rows, soft delete, search pages and cursors, changes.
 */
@NullMarked
package org.crmgateway.record;

import org.jspecify.annotations.NullMarked;
