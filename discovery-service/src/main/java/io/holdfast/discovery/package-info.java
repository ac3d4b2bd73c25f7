/** The registry of running instances. */
@NullMarked
package io.holdfast.discovery;

import org.jspecify.annotations.NullMarked;
