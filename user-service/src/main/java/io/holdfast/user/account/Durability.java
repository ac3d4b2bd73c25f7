package io.holdfast.user.account;

/** Where a write is that was acknowledged. */
public enum Durability {
    /** In the tables. */
    APPLIED,
    /** In the journal; the tables follow when Cassandra is back. */
    QUEUED
}
