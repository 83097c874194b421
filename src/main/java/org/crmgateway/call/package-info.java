/** The message being served, by value: id, correlation, partner, operation, time. */
@NullMarked
package org.crmgateway.call;

import org.jspecify.annotations.NullMarked;
