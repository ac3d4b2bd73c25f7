/** Between the launcher in the foreground and the commands in other terminals: one lock, one socket. */
@NullMarked
package io.holdfast.local.control;

import org.jspecify.annotations.NullMarked;
