/** Who may call, as values: ERP accounts, certificates, rights, limits, security dialect. */
@NullMarked
package org.crmgateway.partner;

import org.jspecify.annotations.NullMarked;
