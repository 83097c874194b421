/** The commands, and the socket that carries them to a running gateway. */
@NullMarked
package org.crmgateway.console;

import org.jspecify.annotations.NullMarked;
