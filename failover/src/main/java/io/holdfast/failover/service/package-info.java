/** What every service needs before its first bean: where configuration and registry are. */
@NullMarked
package io.holdfast.failover.service;

import org.jspecify.annotations.NullMarked;
