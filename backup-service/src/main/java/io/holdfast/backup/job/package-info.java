/** Jobs that travel through Kafka: commands, the worker that does them, and what everyone knows of them. */
@NullMarked
package io.holdfast.backup.job;

import org.jspecify.annotations.NullMarked;
