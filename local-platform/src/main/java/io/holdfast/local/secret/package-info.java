/** Passwords and keys of one platform: made on its first start, kept in a file only its owner may read. */
@NullMarked
package io.holdfast.local.secret;

import org.jspecify.annotations.NullMarked;
