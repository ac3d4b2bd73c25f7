/** The change journal, and the clock that stamps every write. */
@NullMarked
package io.holdfast.journal;

import org.jspecify.annotations.NullMarked;
