package io.holdfast.benchmarks.backup;

import java.util.Locale;

/** What can be measured, each in a process of its own. */
enum Phase {
    /** Makes the table and fills it, once. */
    FILL("rows written to have something to measure"),
    /** A backup of the table into an empty repository. */
    SNAPSHOT("holdfast: snapshot with WRITETIME and TTL"),
    /** Another one of the unchanged table. */
    AGAIN("holdfast: second snapshot, nothing changed"),
    /** What dsbulk does of it. */
    UNLOAD("dsbulk unload, preserveTimestamp, preserveTtl"),
    /** What dsbulk does with the values alone. */
    PLAIN_UNLOAD("dsbulk unload, values alone"),
    /** Reading alone. */
    SCAN("bare driver: scan with WRITETIME, nothing kept"),
    /** The backup into a new table. */
    RESTORE("holdfast: restore with WRITETIME and TTL"),
    /** What dsbulk does of it. */
    LOAD("dsbulk load, preserveTimestamp, preserveTtl"),
    /** What dsbulk does with the values alone. */
    PLAIN_LOAD("dsbulk load, values alone"),
    /** Writing alone. */
    INSERT("bare driver: 512 inserts in flight");

    private final String title;

    Phase(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** As it is written on a command line and in a file's name. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isOurs() {
        return this == SNAPSHOT || this == AGAIN || this == RESTORE;
    }

    boolean isDsbulk() {
        return unloads() || loads();
    }

    /** Whether dsbulk writes files. */
    boolean unloads() {
        return this == UNLOAD || this == PLAIN_UNLOAD;
    }

    /** Whether dsbulk reads files. */
    boolean loads() {
        return this == LOAD || this == PLAIN_LOAD;
    }

    /** Whether dsbulk keeps when a cell was written and when it expires. */
    boolean keepsTimes() {
        return this == UNLOAD || this == LOAD;
    }
}
