/** Cassandra as the services use it: a session that starts without it, versioned migrations. */
@NullMarked
package io.holdfast.storage;

import org.jspecify.annotations.NullMarked;
