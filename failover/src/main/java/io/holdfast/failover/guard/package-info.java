/** Guards: every call to another part of the platform goes through one, so that its failure stays there. */
@NullMarked
package io.holdfast.failover.guard;

import org.jspecify.annotations.NullMarked;
