@NullMarked
package io.holdfast.journal.testing;

import org.jspecify.annotations.NullMarked;
