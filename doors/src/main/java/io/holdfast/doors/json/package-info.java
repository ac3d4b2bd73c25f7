/** JSON as the doors read it: strict about unknown fields, types and duplicates. */
@NullMarked
package io.holdfast.doors.json;

import org.jspecify.annotations.NullMarked;
