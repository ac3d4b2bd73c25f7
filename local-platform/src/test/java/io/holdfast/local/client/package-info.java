@NullMarked
package io.holdfast.local.client;

import org.jspecify.annotations.NullMarked;
