@NullMarked
package io.holdfast.backup.job;

import org.jspecify.annotations.NullMarked;
