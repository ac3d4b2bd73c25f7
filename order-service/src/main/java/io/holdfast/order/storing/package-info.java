/** Orders in Cassandra: by id, and by user with the newest first. */
@NullMarked
package io.holdfast.order.storing;

import org.jspecify.annotations.NullMarked;
