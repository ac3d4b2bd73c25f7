@NullMarked
package io.holdfast.local.secret;

import org.jspecify.annotations.NullMarked;
