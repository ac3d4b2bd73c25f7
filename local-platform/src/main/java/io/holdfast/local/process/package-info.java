/** Operating system processes: started, watched, paused, killed, and found again after a restart of this JVM. */
@NullMarked
package io.holdfast.local.process;

import org.jspecify.annotations.NullMarked;
