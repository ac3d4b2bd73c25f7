/** How money looks at every door. */
@NullMarked
package io.holdfast.doors.money;

import org.jspecify.annotations.NullMarked;
