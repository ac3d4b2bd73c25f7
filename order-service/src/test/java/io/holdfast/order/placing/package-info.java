@NullMarked
package io.holdfast.order.placing;

import org.jspecify.annotations.NullMarked;
