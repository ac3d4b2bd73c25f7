/** The platform's doors as a client of the gateway: the operator's token, problems as one line. */
@NullMarked
package io.holdfast.local.client;

import org.jspecify.annotations.NullMarked;
