/** Encrypted values: checked when they are saved, decrypted when a service reads them, and nowhere else. */
@NullMarked
package io.holdfast.config.cipher;

import org.jspecify.annotations.NullMarked;
