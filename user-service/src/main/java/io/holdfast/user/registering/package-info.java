/** A new user: the name is claimed, credit is opened, the user appears. */
@NullMarked
package io.holdfast.user.registering;

import org.jspecify.annotations.NullMarked;
