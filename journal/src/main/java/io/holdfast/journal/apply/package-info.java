/** Brings what the journal holds into the tables, however often and in whatever order it comes. */
@NullMarked
package io.holdfast.journal.apply;

import org.jspecify.annotations.NullMarked;
