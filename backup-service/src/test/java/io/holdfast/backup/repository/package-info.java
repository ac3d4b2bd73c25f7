@NullMarked
package io.holdfast.backup.repository;

import org.jspecify.annotations.NullMarked;
