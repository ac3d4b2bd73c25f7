package io.holdfast.local.control;

/**
 * What a command in another terminal wants of the launcher: one line of JSON each way.
 *
 * @param verb status, kill, start, restart or down
 * @param name of a part; empty where none is meant
 */
public record Request(String verb, String name) {}
