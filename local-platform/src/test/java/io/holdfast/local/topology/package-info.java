@NullMarked
package io.holdfast.local.topology;

import org.jspecify.annotations.NullMarked;
