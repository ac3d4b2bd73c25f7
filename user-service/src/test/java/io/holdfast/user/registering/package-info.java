/** Registering, well and badly. */
@NullMarked
package io.holdfast.user.registering;

import org.jspecify.annotations.NullMarked;
