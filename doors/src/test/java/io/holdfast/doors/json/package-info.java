/** What JSON is taken. */
@NullMarked
package io.holdfast.doors.json;

import org.jspecify.annotations.NullMarked;
