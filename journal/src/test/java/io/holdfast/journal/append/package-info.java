@NullMarked
package io.holdfast.journal.append;

import org.jspecify.annotations.NullMarked;
