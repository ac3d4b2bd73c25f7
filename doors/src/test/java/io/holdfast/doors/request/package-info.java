/** Request ids and bounds on bodies, without a server. */
@NullMarked
package io.holdfast.doors.request;

import org.jspecify.annotations.NullMarked;
