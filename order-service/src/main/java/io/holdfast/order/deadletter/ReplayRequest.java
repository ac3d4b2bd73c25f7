package io.holdfast.order.deadletter;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** @param journal all of them when null */
@Schema(name = "ReplayRequest")
record ReplayRequest(@Schema(example = "orders") @Nullable String journal) {}
