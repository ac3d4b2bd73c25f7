/** Taking an order in: what may be ordered, which order a request means, and the answer. */
@NullMarked
package io.holdfast.order.placing;

import org.jspecify.annotations.NullMarked;
