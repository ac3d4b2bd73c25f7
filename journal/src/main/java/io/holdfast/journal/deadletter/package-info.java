/** What could not be applied: to be looked at, and to be given another try. */
@NullMarked
package io.holdfast.journal.deadletter;

import org.jspecify.annotations.NullMarked;
