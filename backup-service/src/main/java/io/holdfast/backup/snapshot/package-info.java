/** Taking a backup: the scan of a table by token ranges and the calls that ask for one. */
@NullMarked
package io.holdfast.backup.snapshot;

import org.jspecify.annotations.NullMarked;
