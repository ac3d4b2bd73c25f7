/** Tests of a driver that obeys the failover policy. */
@NullMarked
package io.holdfast.storage.policy;

import org.jspecify.annotations.NullMarked;
