/** Who may see whom. */
@NullMarked
package io.holdfast.user.showing;

import org.jspecify.annotations.NullMarked;
