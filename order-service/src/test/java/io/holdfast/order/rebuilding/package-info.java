@NullMarked
package io.holdfast.order.rebuilding;

import org.jspecify.annotations.NullMarked;
