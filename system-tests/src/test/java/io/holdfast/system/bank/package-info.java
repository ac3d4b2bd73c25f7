/** A bank: clients place and cancel orders while parts are killed, and afterwards the books must agree. */
@NullMarked
package io.holdfast.system.bank;

import org.jspecify.annotations.NullMarked;
