/** Name and password become a token; the operator's are checked without Cassandra. */
@NullMarked
package io.holdfast.user.tokens;

import org.jspecify.annotations.NullMarked;
