@NullMarked
package io.holdfast.backup.audit;

import org.jspecify.annotations.NullMarked;
