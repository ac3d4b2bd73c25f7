/** The whole platform under test, over its public doors only. */
@NullMarked
package io.holdfast.system;

import org.jspecify.annotations.NullMarked;
