package io.holdfast.gateway.admission;

/** Why a request was refused at the door. */
enum Reason {
    /** Its client has sent more than one client may. */
    CLIENT,
    /** All clients together have sent more to this route than it takes. */
    ROUTE,
    /** As many requests of this route are under way as may be. */
    CONCURRENCY
}
