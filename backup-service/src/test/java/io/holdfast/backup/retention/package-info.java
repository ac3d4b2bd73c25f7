@NullMarked
package io.holdfast.backup.retention;

import org.jspecify.annotations.NullMarked;
