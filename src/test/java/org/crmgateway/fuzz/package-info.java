/** Messages nobody would think of, sent through the port; what comes back is one of the documented answers. */
package org.crmgateway.fuzz;
