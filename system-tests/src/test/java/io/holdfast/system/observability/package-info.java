/** What can be seen of the platform from outside: metrics, alerts, the dashboard, and the page that explains them. */
@NullMarked
package io.holdfast.system.observability;

import org.jspecify.annotations.NullMarked;
