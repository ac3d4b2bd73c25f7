@NullMarked
package io.holdfast.backup.verification;

import org.jspecify.annotations.NullMarked;
