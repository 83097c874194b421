/** Customers: values, decisions, use cases, SQL. */
@NullMarked
package org.crmgateway.customer;

import org.jspecify.annotations.NullMarked;
