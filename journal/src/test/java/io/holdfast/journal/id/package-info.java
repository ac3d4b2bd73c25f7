@NullMarked
package io.holdfast.journal.id;

import org.jspecify.annotations.NullMarked;
