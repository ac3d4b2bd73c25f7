/** Shows how far something is: a bar on a terminal, a line now and then elsewhere. */
@NullMarked
package io.holdfast.local.meter;

import org.jspecify.annotations.NullMarked;
