/** The failover policy as one immutable, validated value. */
@NullMarked
package io.holdfast.failover.policy;

import org.jspecify.annotations.NullMarked;
