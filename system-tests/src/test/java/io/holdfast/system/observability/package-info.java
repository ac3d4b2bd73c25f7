/** What an operator can see of a running platform. */
@NullMarked
package io.holdfast.system.observability;

import org.jspecify.annotations.NullMarked;
