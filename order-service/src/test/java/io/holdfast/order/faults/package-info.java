/** Breaks order-service on purpose, for the bank test of system-tests. In no jar but that of the tests. */
@NullMarked
package io.holdfast.order.faults;

import org.jspecify.annotations.NullMarked;
