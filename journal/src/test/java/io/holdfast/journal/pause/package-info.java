@NullMarked
package io.holdfast.journal.pause;

import org.jspecify.annotations.NullMarked;
