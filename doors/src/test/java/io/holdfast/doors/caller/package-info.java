/** What callers may do. */
@NullMarked
package io.holdfast.doors.caller;

import org.jspecify.annotations.NullMarked;
