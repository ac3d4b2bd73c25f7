/** Proves who may read what. */
@NullMarked
package io.holdfast.config.reading;

import org.jspecify.annotations.NullMarked;
