package io.holdfast.journal.deadletter;

/**
 * A dead letter with what it holds, for an operator's eyes only.
 *
 * @param value the row as it was written: JSON, unless that is what is wrong with it
 */
public record FullDeadLetter(DeadLetter letter, String value) {}
