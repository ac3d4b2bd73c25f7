/** Makes a write durable before Cassandra has it. */
@NullMarked
package io.holdfast.journal.append;

import org.jspecify.annotations.NullMarked;
