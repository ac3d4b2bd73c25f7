/** Which doors are open, which need a token, and which are for operators or services only. */
@NullMarked
package io.holdfast.doors.security;

import org.jspecify.annotations.NullMarked;
