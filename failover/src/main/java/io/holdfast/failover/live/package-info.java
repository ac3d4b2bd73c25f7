/** Keeps the policy in force in step with config-service, and shows it. */
@NullMarked
package io.holdfast.failover.live;

import org.jspecify.annotations.NullMarked;
