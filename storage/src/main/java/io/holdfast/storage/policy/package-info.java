/** The driver does what the failover policy in force says: consistency, timeout, speculative execution, data centres. */
@NullMarked
package io.holdfast.storage.policy;

import org.jspecify.annotations.NullMarked;
