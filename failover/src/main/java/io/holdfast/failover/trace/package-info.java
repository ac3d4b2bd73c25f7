/** Traces: where they begin, what of them is kept, how they follow a call from thread to thread. */
@NullMarked
package io.holdfast.failover.trace;

import org.jspecify.annotations.NullMarked;
