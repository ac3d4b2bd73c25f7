/** Signing in. */
@NullMarked
package io.holdfast.user.tokens;

import org.jspecify.annotations.NullMarked;
