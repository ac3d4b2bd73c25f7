@NullMarked
package io.holdfast.backup.metrics;

import org.jspecify.annotations.NullMarked;
