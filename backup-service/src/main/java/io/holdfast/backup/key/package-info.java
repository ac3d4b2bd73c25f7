/** The keys a repository is encrypted with, and the one key that opens them. */
@NullMarked
package io.holdfast.backup.key;

import org.jspecify.annotations.NullMarked;
