@NullMarked
package io.holdfast.order.deadletter;

import org.jspecify.annotations.NullMarked;
