/** What is counted of the backups there are: how old the newest is, and what the last verification found. */
@NullMarked
package io.holdfast.backup.metrics;

import org.jspecify.annotations.NullMarked;
