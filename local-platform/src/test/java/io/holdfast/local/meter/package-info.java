@NullMarked
package io.holdfast.local.meter;

import org.jspecify.annotations.NullMarked;
