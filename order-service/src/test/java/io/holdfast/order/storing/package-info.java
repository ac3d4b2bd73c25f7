@NullMarked
package io.holdfast.order.storing;

import org.jspecify.annotations.NullMarked;
