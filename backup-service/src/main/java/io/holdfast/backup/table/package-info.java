/** What a table looks like: its columns and statements, and what of it cannot be kept exactly. */
@NullMarked
package io.holdfast.backup.table;

import org.jspecify.annotations.NullMarked;
