/** Writers stand still while a restore replaces their tables, and learn of it when it is over. */
@NullMarked
package io.holdfast.journal.pause;

import org.jspecify.annotations.NullMarked;
