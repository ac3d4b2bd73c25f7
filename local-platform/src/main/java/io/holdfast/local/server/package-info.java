/** Cassandra nodes and Kafka brokers as child processes: their files, their command lines, the JDK they need. */
@NullMarked
package io.holdfast.local.server;

import org.jspecify.annotations.NullMarked;
