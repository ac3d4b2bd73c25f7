@NullMarked
package io.holdfast.backup.key;

import org.jspecify.annotations.NullMarked;
