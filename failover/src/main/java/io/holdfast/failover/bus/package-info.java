/** Spring Cloud Bus over one Kafka topic. */
@NullMarked
package io.holdfast.failover.bus;

import org.jspecify.annotations.NullMarked;
