/** Backups and verifications at fixed times, from the central configuration. */
@NullMarked
package io.holdfast.backup.schedule;

import org.jspecify.annotations.NullMarked;
