package io.holdfast.doors.problem;

/**
 * A field of the request that cannot be taken.
 *
 * @param field its path in the body ({@code items[0].quantity}), or the name of the parameter or header
 * @param message what it must be, fit to be shown to the caller
 */
public record FieldError(String field, String message) {}
