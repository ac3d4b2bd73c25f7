package io.holdfast.user.registering;

import java.math.BigDecimal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a user gets who registers himself.
 *
 * @param creditLimit up to which he may order
 * @param currency of that limit, an ISO 4217 code
 */
@ConfigurationProperties("holdfast.users.registering")
public record RegisteringProperties(
        @DefaultValue("1000.00") BigDecimal creditLimit,
        @DefaultValue("GBP") String currency) {}
