/** Keeps every accepted state of the folder as a commit. */
@NullMarked
package io.holdfast.config.version;

import org.jspecify.annotations.NullMarked;
