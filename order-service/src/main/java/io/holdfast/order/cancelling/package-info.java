/** Taking an order back. */
@NullMarked
package io.holdfast.order.cancelling;

import org.jspecify.annotations.NullMarked;
