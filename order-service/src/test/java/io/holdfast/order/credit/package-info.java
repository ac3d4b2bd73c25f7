@NullMarked
package io.holdfast.order.credit;

import org.jspecify.annotations.NullMarked;
