/** Serves the central configuration and keeps its versions. */
@NullMarked
package io.holdfast.config;

import org.jspecify.annotations.NullMarked;
