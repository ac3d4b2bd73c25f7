/** Tests of fallbacks. */
@NullMarked
package io.holdfast.failover.fallback;

import org.jspecify.annotations.NullMarked;
