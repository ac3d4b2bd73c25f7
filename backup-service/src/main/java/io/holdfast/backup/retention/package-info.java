/** Which backups of a schedule are kept and which are removed: by their number, by their age, and never the last good one. */
@NullMarked
package io.holdfast.backup.retention;

import org.jspecify.annotations.NullMarked;
