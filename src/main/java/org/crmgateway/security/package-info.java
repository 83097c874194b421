/** Keys, the protection of messages in each dialect, and the gates every message passes before its body is read. */
@NullMarked
package org.crmgateway.security;

import org.jspecify.annotations.NullMarked;
