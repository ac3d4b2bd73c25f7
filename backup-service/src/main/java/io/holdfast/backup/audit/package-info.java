/** Who did what when: an entry before each change and one after it, in the repository. */
@NullMarked
package io.holdfast.backup.audit;

import org.jspecify.annotations.NullMarked;
