package io.holdfast.system.bank;

import java.util.List;

/** The points at which order-service can be told to end itself, by the names its faults have. */
final class Points {

    /** What clients come to all the time, whatever else is away. */
    static final List<String> EVERYWHERE = List.of(
            "after-journal",
            "after-journal@CONFIRMED",
            "after-journal@CANCELLED",
            "after-cassandra",
            "after-reservation",
            "after-release",
            "before-acknowledge");

    private Points() {}
}
