/** The database: pool, migrations, transactions. */
@NullMarked
package org.crmgateway.database;

import org.jspecify.annotations.NullMarked;
