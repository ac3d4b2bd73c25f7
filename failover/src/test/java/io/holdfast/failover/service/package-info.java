/** Proves what a service knows before it asks anyone. */
@NullMarked
package io.holdfast.failover.service;

import org.jspecify.annotations.NullMarked;
