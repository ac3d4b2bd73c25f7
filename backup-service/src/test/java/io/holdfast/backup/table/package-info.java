@NullMarked
package io.holdfast.backup.table;

import org.jspecify.annotations.NullMarked;
