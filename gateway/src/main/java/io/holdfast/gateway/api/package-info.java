/** One API description out of those of the services. */
@NullMarked
package io.holdfast.gateway.api;

import org.jspecify.annotations.NullMarked;
