/** Names and passwords. */
@NullMarked
package io.holdfast.user.account;

import org.jspecify.annotations.NullMarked;
