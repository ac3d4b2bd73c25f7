@NullMarked
package io.holdfast.failover.trace;

import org.jspecify.annotations.NullMarked;
