package io.holdfast.user.account;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What hashing a password may cost.
 *
 * @param memory of one hash
 * @param iterations over that memory
 * @param concurrent how many hashes may be at work at once, because each takes its memory and a core
 * @param waitAtMost for a place among them; then the answer is 503
 */
@ConfigurationProperties("holdfast.users.password")
public record PasswordProperties(
        @DefaultValue("12MB") DataSize memory,
        @DefaultValue("3") int iterations,
        @DefaultValue("2") int concurrent,
        @DefaultValue("2s") Duration waitAtMost) {}
