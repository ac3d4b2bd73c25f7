@NullMarked
package io.holdfast.backup.s3;

import org.jspecify.annotations.NullMarked;
