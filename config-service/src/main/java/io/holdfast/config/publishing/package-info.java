/** Turns a valid save into a version and tells everybody. */
@NullMarked
package io.holdfast.config.publishing;

import org.jspecify.annotations.NullMarked;
