@NullMarked
package io.holdfast.storage.outbox;

import org.jspecify.annotations.NullMarked;
