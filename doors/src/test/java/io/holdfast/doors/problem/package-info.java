/** The one shape of errors. */
@NullMarked
package io.holdfast.doors.problem;

import org.jspecify.annotations.NullMarked;
