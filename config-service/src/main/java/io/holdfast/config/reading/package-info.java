/** Who may read which configuration. */
@NullMarked
package io.holdfast.config.reading;

import org.jspecify.annotations.NullMarked;
