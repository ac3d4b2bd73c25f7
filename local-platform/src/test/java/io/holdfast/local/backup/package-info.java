@NullMarked
package io.holdfast.local.backup;

import org.jspecify.annotations.NullMarked;
