/** The outbox of a service in Cassandra: what could not be journaled while Kafka was away. */
@NullMarked
package io.holdfast.storage.outbox;

import org.jspecify.annotations.NullMarked;
