@NullMarked
package io.holdfast.backup.journal;

import org.jspecify.annotations.NullMarked;
