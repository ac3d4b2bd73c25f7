/** Tests of deadlines. */
@NullMarked
package io.holdfast.failover.deadline;

import org.jspecify.annotations.NullMarked;
