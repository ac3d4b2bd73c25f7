/** The doors an operator changes the configuration through. */
@NullMarked
package io.holdfast.config.editing;

import org.jspecify.annotations.NullMarked;
