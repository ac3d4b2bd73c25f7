/** Proves in which order an instance ends, and how long it waits for its callers. */
@NullMarked
package io.holdfast.failover.leaving;

import org.jspecify.annotations.NullMarked;
