package io.holdfast.local.supervision;

/** Where a part is in its life. */
public enum PartState {
    /** For others to be ready. */
    WAITING,
    /** Its process runs and is not ready yet. */
    STARTING,
    /** Ready. */
    UP,
    /** Asked to end, to be started again; it finishes what it has begun. */
    LEAVING,
    /** It died; it is started again in a moment. */
    RESTARTING,
    /** Killed on purpose; stays so until it is started on purpose. */
    KILLED,
    /** Stopped with the whole platform. */
    STOPPED
}
