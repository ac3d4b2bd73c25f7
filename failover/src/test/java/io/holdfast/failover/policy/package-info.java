/** Proves what a policy means and why one is refused. */
@NullMarked
package io.holdfast.failover.policy;

import org.jspecify.annotations.NullMarked;
