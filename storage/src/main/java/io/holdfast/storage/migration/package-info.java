/** Versioned changes of a keyspace's tables, applied once, whoever starts first. */
@NullMarked
package io.holdfast.storage.migration;

import org.jspecify.annotations.NullMarked;
