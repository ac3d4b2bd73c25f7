@NullMarked
package io.holdfast.local.supervision;

import org.jspecify.annotations.NullMarked;
