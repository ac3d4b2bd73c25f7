/** Proves who may use the registry. */
@NullMarked
package io.holdfast.discovery;

import org.jspecify.annotations.NullMarked;
