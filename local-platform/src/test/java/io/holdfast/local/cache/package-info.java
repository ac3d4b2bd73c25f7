@NullMarked
package io.holdfast.local.cache;

import org.jspecify.annotations.NullMarked;
