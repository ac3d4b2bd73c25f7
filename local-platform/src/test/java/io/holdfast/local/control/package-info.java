@NullMarked
package io.holdfast.local.control;

import org.jspecify.annotations.NullMarked;
