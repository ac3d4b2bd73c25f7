/** The deadline of a request: how long its caller still waits, handed on from door to door. */
@NullMarked
package io.holdfast.failover.deadline;

import org.jspecify.annotations.NullMarked;
