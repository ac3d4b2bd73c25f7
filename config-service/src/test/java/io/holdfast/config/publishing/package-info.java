/** Proves what a save leads to. */
@NullMarked
package io.holdfast.config.publishing;

import org.jspecify.annotations.NullMarked;
