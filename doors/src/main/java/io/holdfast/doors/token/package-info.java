/** Tokens: verified by the issuer's public key, issued with this service's own key, handed on to other services. */
@NullMarked
package io.holdfast.doors.token;

import org.jspecify.annotations.NullMarked;
