/** Lists in pages, by an opaque cursor. */
@NullMarked
package io.holdfast.doors.page;

import org.jspecify.annotations.NullMarked;
