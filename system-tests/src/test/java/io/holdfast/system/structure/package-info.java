/** The house rules as tests: who may use whom, and how the code looks. */
@NullMarked
package io.holdfast.system.structure;

import org.jspecify.annotations.NullMarked;
