package io.holdfast.doors.security;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * A door that needs no token. A service declares one as a bean.
 *
 * @param method the method that is open; null for all
 * @param pattern the path, as Spring's path patterns write it
 */
public record OpenDoor(@Nullable HttpMethod method, String pattern) {}
