/** A session that connects in the background, fails at once until it has, and recovers by itself. */
@NullMarked
package io.holdfast.storage.session;

import org.jspecify.annotations.NullMarked;
