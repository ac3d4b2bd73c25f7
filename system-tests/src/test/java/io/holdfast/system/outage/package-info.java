/** Parts of the platform are killed, and what its users notice is counted. */
@NullMarked
package io.holdfast.system.outage;

import org.jspecify.annotations.NullMarked;
