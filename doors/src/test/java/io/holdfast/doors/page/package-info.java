/** Pages. */
@NullMarked
package io.holdfast.doors.page;

import org.jspecify.annotations.NullMarked;
