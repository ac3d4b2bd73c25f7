/** Makes credit agree with the orders again when one of them was restored. */
@NullMarked
package io.holdfast.order.rebuilding;

import org.jspecify.annotations.NullMarked;
