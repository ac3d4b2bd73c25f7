/** The service as a whole, on a real Cassandra. */
@NullMarked
package io.holdfast.user;

import org.jspecify.annotations.NullMarked;
