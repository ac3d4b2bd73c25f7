/** Waiting for a dependency that is away, up to a bound: a job outlives a restart of the cluster. */
@NullMarked
package io.holdfast.backup.patience;

import org.jspecify.annotations.NullMarked;
