/** Tokens for tests: keys made on the spot, issuers as on the platform. */
@NullMarked
package io.holdfast.doors.testing;

import org.jspecify.annotations.NullMarked;
