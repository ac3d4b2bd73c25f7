@NullMarked
package io.holdfast.backup.snapshot;

import org.jspecify.annotations.NullMarked;
