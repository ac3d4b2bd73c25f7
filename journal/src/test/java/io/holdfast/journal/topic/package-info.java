@NullMarked
package io.holdfast.journal.topic;

import org.jspecify.annotations.NullMarked;
