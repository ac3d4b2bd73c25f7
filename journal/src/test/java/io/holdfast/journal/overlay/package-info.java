@NullMarked
package io.holdfast.journal.overlay;

import org.jspecify.annotations.NullMarked;
