/** How many orders a second the platform takes, beside a bare client that does the same work on the same servers. */
@NullMarked
package io.holdfast.system.throughput;

import org.jspecify.annotations.NullMarked;
