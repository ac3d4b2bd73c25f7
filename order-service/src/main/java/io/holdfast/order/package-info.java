/** Orders and their completion across services. */
@NullMarked
package io.holdfast.order;

import org.jspecify.annotations.NullMarked;
