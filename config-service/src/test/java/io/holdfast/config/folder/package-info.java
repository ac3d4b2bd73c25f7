/** Proves how the folder is seen and judged. */
@NullMarked
package io.holdfast.config.folder;

import org.jspecify.annotations.NullMarked;
