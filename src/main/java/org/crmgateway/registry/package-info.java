/** The partners' use cases and SQL: apply, export, suspend, find by certificate. */
@NullMarked
package org.crmgateway.registry;

import org.jspecify.annotations.NullMarked;
