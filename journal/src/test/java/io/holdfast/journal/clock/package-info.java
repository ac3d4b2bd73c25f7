@NullMarked
package io.holdfast.journal.clock;

import org.jspecify.annotations.NullMarked;
