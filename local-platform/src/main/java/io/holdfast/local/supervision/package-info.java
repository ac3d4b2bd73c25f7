/** Keeps the parts running: starts them in order, restarts what dies, stops them in the opposite order. */
@NullMarked
package io.holdfast.local.supervision;

import org.jspecify.annotations.NullMarked;
