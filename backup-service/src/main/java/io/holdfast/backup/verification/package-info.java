/** Verifications: how deep they go, and what they found. */
@NullMarked
package io.holdfast.backup.verification;

import org.jspecify.annotations.NullMarked;
