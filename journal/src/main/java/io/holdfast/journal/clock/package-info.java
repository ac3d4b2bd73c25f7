/** The hybrid logical clock whose stamps order every write, whoever made it and however late it arrives. */
@NullMarked
package io.holdfast.journal.clock;

import org.jspecify.annotations.NullMarked;
