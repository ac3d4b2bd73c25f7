package io.holdfast.backup.job;

/** This instance brought a job to its end, well or not, and everyone was told. */
public record JobEnded(Job job) {}
