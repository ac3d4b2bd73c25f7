@NullMarked
package io.holdfast.order.reading;

import org.jspecify.annotations.NullMarked;
