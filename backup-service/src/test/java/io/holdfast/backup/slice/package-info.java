@NullMarked
package io.holdfast.backup.slice;

import org.jspecify.annotations.NullMarked;
