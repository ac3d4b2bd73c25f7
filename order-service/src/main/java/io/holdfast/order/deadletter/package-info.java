/** Dead letters of all journals of the platform, for the operator: shown, replayed, discarded. */
@NullMarked
package io.holdfast.order.deadletter;

import org.jspecify.annotations.NullMarked;
