/** What the journal holds and the tables do not have yet, for whoever reads them. */
@NullMarked
package io.holdfast.journal.overlay;

import org.jspecify.annotations.NullMarked;
