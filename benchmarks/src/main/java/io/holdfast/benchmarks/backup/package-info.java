/** How fast backups and restores are beside dsbulk and the bare driver, on one node. Run by hand: docs/benchmarks.md. */
@NullMarked
package io.holdfast.benchmarks.backup;

import org.jspecify.annotations.NullMarked;
