/** Proves when the registry counts as lost. */
@NullMarked
package io.holdfast.failover.registry;

import org.jspecify.annotations.NullMarked;
