/** How migrations are read. */
@NullMarked
package io.holdfast.storage.migration;

import org.jspecify.annotations.NullMarked;
