/** Showing orders to those they belong to. */
@NullMarked
package io.holdfast.order.reading;

import org.jspecify.annotations.NullMarked;
