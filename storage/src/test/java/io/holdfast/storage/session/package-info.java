/** The session before Cassandra is there. */
@NullMarked
package io.holdfast.storage.session;

import org.jspecify.annotations.NullMarked;
