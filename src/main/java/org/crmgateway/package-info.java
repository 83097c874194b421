/** The program: the command line, and the one place that makes and joins all parts. */
@NullMarked
package org.crmgateway;

import org.jspecify.annotations.NullMarked;
