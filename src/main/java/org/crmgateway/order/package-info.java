/** Orders: values, decisions, use cases, SQL. */
@NullMarked
package org.crmgateway.order;

import org.jspecify.annotations.NullMarked;
