/** The folder config/ as a person edits it: watched, read and checked. */
@NullMarked
package io.holdfast.config.folder;

import org.jspecify.annotations.NullMarked;
