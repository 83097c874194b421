/** Every committed change, in a sealed order. */
@NullMarked
package org.crmgateway.change;

import org.jspecify.annotations.NullMarked;
