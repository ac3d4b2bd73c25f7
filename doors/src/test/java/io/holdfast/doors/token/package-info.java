/** Tokens with a clock that is moved by hand. */
@NullMarked
package io.holdfast.doors.token;

import org.jspecify.annotations.NullMarked;
