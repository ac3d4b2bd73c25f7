package io.holdfast.order.deadletter;

import io.swagger.v3.oas.annotations.media.Schema;

/** @param replayed how many letters went back into their journals */
@Schema(name = "Replayed")
record Replayed(int replayed) {}
