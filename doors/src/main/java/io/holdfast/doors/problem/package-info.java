/** Errors as RFC 9457 problem+json: one shape for bad input, refusals and outages, without internal detail. */
@NullMarked
package io.holdfast.doors.problem;

import org.jspecify.annotations.NullMarked;
