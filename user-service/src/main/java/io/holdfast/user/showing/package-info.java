/** A user as he himself and operators see him. */
@NullMarked
package io.holdfast.user.showing;

import org.jspecify.annotations.NullMarked;
