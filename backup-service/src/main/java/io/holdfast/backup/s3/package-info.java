/** Where backups are kept when that is not a folder: a bucket of S3, or of a store that speaks its protocol. */
@NullMarked
package io.holdfast.backup.s3;

import org.jspecify.annotations.NullMarked;
