@NullMarked
package io.holdfast.order.saga;

import org.jspecify.annotations.NullMarked;
