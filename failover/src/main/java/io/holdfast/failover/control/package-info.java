/** What configures, registers and tells services, as one of them sees it. */
@NullMarked
package io.holdfast.failover.control;

import org.jspecify.annotations.NullMarked;
