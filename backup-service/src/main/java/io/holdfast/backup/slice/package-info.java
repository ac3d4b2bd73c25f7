/** The rows of one token sub-range as one file: how they are written, named and read back. */
@NullMarked
package io.holdfast.backup.slice;

import org.jspecify.annotations.NullMarked;
