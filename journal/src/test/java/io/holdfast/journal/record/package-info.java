@NullMarked
package io.holdfast.journal.record;

import org.jspecify.annotations.NullMarked;
