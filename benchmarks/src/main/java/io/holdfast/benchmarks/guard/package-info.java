/** What calling through a guard costs. */
@NullMarked
package io.holdfast.benchmarks.guard;

import org.jspecify.annotations.NullMarked;
