/** What could not be journaled because Kafka was away, and how it gets there later. */
@NullMarked
package io.holdfast.journal.outbox;

import org.jspecify.annotations.NullMarked;
