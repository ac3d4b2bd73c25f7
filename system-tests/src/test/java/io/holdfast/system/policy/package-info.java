/** The failover policy on the whole platform. */
@NullMarked
package io.holdfast.system.policy;

import org.jspecify.annotations.NullMarked;
