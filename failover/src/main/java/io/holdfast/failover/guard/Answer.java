package io.holdfast.failover.guard;

/**
 * Marks an exception as an answer: the dependency worked and said no. A guard hands it on unchanged and counts the call
 * as a success.
 */
public interface Answer {}
