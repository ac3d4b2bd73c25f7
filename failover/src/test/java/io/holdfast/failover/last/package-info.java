/** Proves what is kept of a configuration, and that only its service can read it. */
@NullMarked
package io.holdfast.failover.last;

import org.jspecify.annotations.NullMarked;
