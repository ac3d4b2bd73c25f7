/** The steps of an order across two services. */
@NullMarked
package io.holdfast.order.saga;

import org.jspecify.annotations.NullMarked;
