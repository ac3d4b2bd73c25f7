/** Services that run in several instances: who gets the calls, and what their callers notice when one is lost. */
@NullMarked
package io.holdfast.system.routing;

import org.jspecify.annotations.NullMarked;
