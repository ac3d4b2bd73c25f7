/** Proves what an operator can do to the configuration, and what nobody can. */
@NullMarked
package io.holdfast.config.editing;

import org.jspecify.annotations.NullMarked;
