package io.holdfast.config.cipher;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * With what values are encrypted.
 *
 * @param key random and long, as the platform's first start generates it; without one no value can be decrypted
 */
@ConfigurationProperties("holdfast.cipher")
record CipherProperties(@Nullable String key) {}
