/** Class caches that make a later start faster, made in the background. */
@NullMarked
package io.holdfast.local.cache;

import org.jspecify.annotations.NullMarked;
