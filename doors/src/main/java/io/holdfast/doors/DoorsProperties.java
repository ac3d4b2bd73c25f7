package io.holdfast.doors;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the doors.
 *
 * @param maxBody the largest request body that is read; a larger one is answered with 413
 */
@ConfigurationProperties("holdfast.doors")
public record DoorsProperties(@DefaultValue("1MB") DataSize maxBody) {}
