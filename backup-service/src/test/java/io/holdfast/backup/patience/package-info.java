@NullMarked
package io.holdfast.backup.patience;

import org.jspecify.annotations.NullMarked;
