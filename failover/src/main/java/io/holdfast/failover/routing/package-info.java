/**
 * Which instance of a service is asked: the strategy the policy in force names, among those that answer. Looked up at each
 * choice, so that a saved policy needs nothing rebuilt.
 */
@NullMarked
package io.holdfast.failover.routing;

import org.jspecify.annotations.NullMarked;
