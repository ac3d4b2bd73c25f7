/** Brings what the journal of orders holds to its end: into the tables, after its credit was asked for. */
@NullMarked
package io.holdfast.order.applying;

import org.jspecify.annotations.NullMarked;
