/** What every HTTP door has in common: who is calling, problem+json, paging, limits. */
@NullMarked
package io.holdfast.doors;

import org.jspecify.annotations.NullMarked;
