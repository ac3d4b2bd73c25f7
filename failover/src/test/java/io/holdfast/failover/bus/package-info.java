/** Proves that events reach every instance. */
@NullMarked
package io.holdfast.failover.bus;

import org.jspecify.annotations.NullMarked;
