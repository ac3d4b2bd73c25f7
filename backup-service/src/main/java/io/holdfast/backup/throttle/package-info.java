/** How fast rows may travel from and to Cassandra. */
@NullMarked
package io.holdfast.backup.throttle;

import org.jspecify.annotations.NullMarked;
