/** The doors as a caller meets them. */
@NullMarked
package io.holdfast.doors;

import org.jspecify.annotations.NullMarked;
