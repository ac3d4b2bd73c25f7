@NullMarked
package io.holdfast.doors.metrics;

import org.jspecify.annotations.NullMarked;
