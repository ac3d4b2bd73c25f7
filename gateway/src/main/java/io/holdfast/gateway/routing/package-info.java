/** Which path goes to which service, and the guarded way there. */
@NullMarked
package io.holdfast.gateway.routing;

import org.jspecify.annotations.NullMarked;
