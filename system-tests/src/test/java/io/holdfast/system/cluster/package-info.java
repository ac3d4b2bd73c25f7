/** Several nodes of one engine: what the loss of one of them is like. */
@NullMarked
package io.holdfast.system.cluster;

import org.jspecify.annotations.NullMarked;
