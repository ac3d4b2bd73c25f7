@NullMarked
package io.holdfast.backup.restore;

import org.jspecify.annotations.NullMarked;
