/** Proves that instances follow the version in force. */
@NullMarked
package io.holdfast.failover.live;

import org.jspecify.annotations.NullMarked;
