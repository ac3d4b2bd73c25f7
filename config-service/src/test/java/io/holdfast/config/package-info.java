/** Proves config-service as a whole. */
@NullMarked
package io.holdfast.config;

import org.jspecify.annotations.NullMarked;
