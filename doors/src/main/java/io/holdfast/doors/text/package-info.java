/** Constraints on text that comes in. */
@NullMarked
package io.holdfast.doors.text;

import org.jspecify.annotations.NullMarked;
