/** What the platform consists of: what runs, what it needs, what it waits for, what it is told. */
@NullMarked
package io.holdfast.local.topology;

import org.jspecify.annotations.NullMarked;
