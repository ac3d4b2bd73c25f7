/** The servers of the test fixture as containers. */
@NullMarked
package io.holdfast.containers;

import org.jspecify.annotations.NullMarked;
