@NullMarked
package io.holdfast.backup.throttle;

import org.jspecify.annotations.NullMarked;
