/** What stands in the journal: whole rows with the timestamp they are written under. */
@NullMarked
package io.holdfast.journal.record;

import org.jspecify.annotations.NullMarked;
