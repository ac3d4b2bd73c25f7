/** What user-service decides about a user's credit. */
@NullMarked
package io.holdfast.order.credit;

import org.jspecify.annotations.NullMarked;
