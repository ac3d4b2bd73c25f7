/** The gateway in front of services that answer, fail, stall and are away. */
@NullMarked
package io.holdfast.gateway;

import org.jspecify.annotations.NullMarked;
