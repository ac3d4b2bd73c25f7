@NullMarked
package io.holdfast.order.cancelling;

import org.jspecify.annotations.NullMarked;
