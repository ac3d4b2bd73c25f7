/** Reads an Online Retail file and sends its invoices through the gateway. */
@NullMarked
package io.holdfast.local.load;

import org.jspecify.annotations.NullMarked;
