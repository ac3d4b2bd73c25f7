/** What the mechanisms of the platform cost. Each benchmark names the bound it is held against. */
@NullMarked
package io.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
