/** A service's way to Cassandra, on a real one. */
@NullMarked
package io.holdfast.storage;

import org.jspecify.annotations.NullMarked;
