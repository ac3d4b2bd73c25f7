/** What a user does with the platform, from the first order to the restored table. */
@NullMarked
package io.holdfast.system.journey;

import org.jspecify.annotations.NullMarked;
