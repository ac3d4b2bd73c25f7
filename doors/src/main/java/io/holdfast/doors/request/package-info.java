/** What every request gets: an id that follows it into the logs, and a bound on its body. */
@NullMarked
package io.holdfast.doors.request;

import org.jspecify.annotations.NullMarked;
