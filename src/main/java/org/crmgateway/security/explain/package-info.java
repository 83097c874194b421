/** Why a message was refused: for the operator, and what a partner may be told of its own. */
@NullMarked
package org.crmgateway.security.explain;

import org.jspecify.annotations.NullMarked;
