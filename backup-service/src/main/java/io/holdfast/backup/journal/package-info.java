/** Where a backup stands in the journals of its tables. */
@NullMarked
package io.holdfast.backup.journal;

import org.jspecify.annotations.NullMarked;
