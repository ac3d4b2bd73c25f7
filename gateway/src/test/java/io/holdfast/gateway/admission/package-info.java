/** Proves what is let in and what is refused, with a clock that is moved by hand. */
@NullMarked
package io.holdfast.gateway.admission;

import org.jspecify.annotations.NullMarked;
