/** Where backups are kept: blobs, slices named by their content, manifests written last. */
@NullMarked
package io.holdfast.backup.repository;

import org.jspecify.annotations.NullMarked;
