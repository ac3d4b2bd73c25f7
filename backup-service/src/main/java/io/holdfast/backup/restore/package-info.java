/** Bringing a backup back: beside the old table or in its place, loaded and compared. */
@NullMarked
package io.holdfast.backup.restore;

import org.jspecify.annotations.NullMarked;
