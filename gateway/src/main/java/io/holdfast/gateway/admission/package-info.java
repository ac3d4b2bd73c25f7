/** What the gateway lets in, and what it refuses before it costs anything. */
@NullMarked
package io.holdfast.gateway.admission;

import org.jspecify.annotations.NullMarked;
