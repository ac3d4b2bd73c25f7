/** Fallbacks: what a caller gets when a dependency gives no answer, and how he is told. Never an invented value. */
@NullMarked
package io.holdfast.failover.fallback;

import org.jspecify.annotations.NullMarked;
