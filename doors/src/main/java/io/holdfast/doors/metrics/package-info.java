/** The door through which metrics are read, and what the doors themselves count. */
@NullMarked
package io.holdfast.doors.metrics;

import org.jspecify.annotations.NullMarked;
