/** Users, their credit and their tokens. */
@NullMarked
package io.holdfast.user;

import org.jspecify.annotations.NullMarked;
