/** A user's credit, reserved and released for orders by conditional batches in one partition. */
@NullMarked
package io.holdfast.user.credit;

import org.jspecify.annotations.NullMarked;
