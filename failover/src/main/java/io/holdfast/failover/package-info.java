/** The failover policy and everything that obeys it. */
@NullMarked
package io.holdfast.failover;

import org.jspecify.annotations.NullMarked;
