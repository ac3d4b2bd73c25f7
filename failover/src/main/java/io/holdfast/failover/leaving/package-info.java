/** How an instance ends without a failed call: first its callers learn it, then it finishes what it has begun. */
@NullMarked
package io.holdfast.failover.leaving;

import org.jspecify.annotations.NullMarked;
