/** Takes backups and brings them back: the commands that ask for it and follow the job to its end. */
@NullMarked
package io.holdfast.local.backup;

import org.jspecify.annotations.NullMarked;
