package io.holdfast.journal.append;

/** Where in the journal an acknowledged record stands. */
public record Position(String topic, int partition, long offset) {}
