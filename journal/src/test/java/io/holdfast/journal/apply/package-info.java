@NullMarked
package io.holdfast.journal.apply;

import org.jspecify.annotations.NullMarked;
