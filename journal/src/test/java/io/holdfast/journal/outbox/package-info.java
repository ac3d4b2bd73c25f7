@NullMarked
package io.holdfast.journal.outbox;

import org.jspecify.annotations.NullMarked;
