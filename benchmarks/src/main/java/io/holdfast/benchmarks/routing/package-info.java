/** What choosing an instance costs. */
@NullMarked
package io.holdfast.benchmarks.routing;

import org.jspecify.annotations.NullMarked;
