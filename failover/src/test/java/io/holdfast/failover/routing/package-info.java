/** Proves who is asked, and that who fails is not asked until it answers. */
@NullMarked
package io.holdfast.failover.routing;

import org.jspecify.annotations.NullMarked;
