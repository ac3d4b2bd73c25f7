/** The platform as the operator sees it: services, their instances, their guards. */
@NullMarked
package io.holdfast.gateway.platform;

import org.jspecify.annotations.NullMarked;
