/** Text that is taken and text that is not. */
@NullMarked
package io.holdfast.doors.text;

import org.jspecify.annotations.NullMarked;
