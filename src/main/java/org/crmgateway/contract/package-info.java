/** The contract: the types generated from it, an index of its files, and what is computed from them. */
@NullMarked
package org.crmgateway.contract;

import org.jspecify.annotations.NullMarked;
