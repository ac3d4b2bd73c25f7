/** The topics of the journal: the rows, those that are tried again, and the dead letters. */
@NullMarked
package io.holdfast.journal.topic;

import org.jspecify.annotations.NullMarked;
