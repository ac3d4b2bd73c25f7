/** What a user is, who has which name, and how passwords are kept. */
@NullMarked
package io.holdfast.user.account;

import org.jspecify.annotations.NullMarked;
