/** Backups of what customers did, lost and brought back. */
@NullMarked
package io.holdfast.system.restore;

import org.jspecify.annotations.NullMarked;
