/** Tests of the native cryptography. */
@NullMarked
package io.holdfast.backup.crypto;

import org.jspecify.annotations.NullMarked;
