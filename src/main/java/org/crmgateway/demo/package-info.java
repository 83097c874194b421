/** An ERP at the other end of the wire: a real client with the story it plays, and the load it can make. */
@NullMarked
package org.crmgateway.demo;

import org.jspecify.annotations.NullMarked;
