@NullMarked
package io.holdfast.order.applying;

import org.jspecify.annotations.NullMarked;
