/** Proves that versions are kept. */
@NullMarked
package io.holdfast.config.version;

import org.jspecify.annotations.NullMarked;
