/** Who calls: the subject and role a verified token names, as an argument of a controller. */
@NullMarked
package io.holdfast.doors.caller;

import org.jspecify.annotations.NullMarked;
