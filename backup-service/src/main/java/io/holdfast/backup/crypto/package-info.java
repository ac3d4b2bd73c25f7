/** Cryptography that is done by the processor. */
@NullMarked
package io.holdfast.backup.crypto;

import org.jspecify.annotations.NullMarked;
