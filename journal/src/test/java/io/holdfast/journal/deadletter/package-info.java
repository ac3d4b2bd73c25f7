@NullMarked
package io.holdfast.journal.deadletter;

import org.jspecify.annotations.NullMarked;
