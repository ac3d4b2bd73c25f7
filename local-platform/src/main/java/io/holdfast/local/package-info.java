/** Runs Cassandra, Kafka and the services as processes; the holdfast command. */
@NullMarked
package io.holdfast.local;

import org.jspecify.annotations.NullMarked;
