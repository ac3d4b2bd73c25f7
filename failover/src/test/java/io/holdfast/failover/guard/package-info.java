/** Proves that guards do what the policy says. */
@NullMarked
package io.holdfast.failover.guard;

import org.jspecify.annotations.NullMarked;
