/** The last configuration a service had, encrypted on its disk, for a start without config-service. */
@NullMarked
package io.holdfast.failover.last;

import org.jspecify.annotations.NullMarked;
