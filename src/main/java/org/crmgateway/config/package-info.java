/** Reads the configuration's files and environment into each room's settings; all mistakes at once. */
@NullMarked
package org.crmgateway.config;

import org.jspecify.annotations.NullMarked;
