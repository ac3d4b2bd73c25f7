/** Ids that follow from what they name, so that a repeated request means the same thing. */
@NullMarked
package io.holdfast.journal.id;

import org.jspecify.annotations.NullMarked;
