/** Credit, alone and under contention. */
@NullMarked
package io.holdfast.user.credit;

import org.jspecify.annotations.NullMarked;
