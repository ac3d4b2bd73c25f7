/** The registry as a service sees it. */
@NullMarked
package io.holdfast.failover.registry;

import org.jspecify.annotations.NullMarked;
