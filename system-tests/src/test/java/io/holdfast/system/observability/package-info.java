/** What an operator can see of a running platform: metrics, alerts, the dashboard, traces. */
@NullMarked
package io.holdfast.system.observability;

import org.jspecify.annotations.NullMarked;
