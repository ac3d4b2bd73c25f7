package io.holdfast.config.cipher;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.crypto.encrypt.Encryptors;
import org.springframework.security.crypto.encrypt.TextEncryptor;

/**
 * Gives Spring Cloud Config its encryptor. The one it would make of {@code encrypt.key} itself is AES-CBC, which does not notice
 * when somebody changes what is encrypted; this one is AES-256-GCM.
 */
@Configuration(proxyBeanMethods = false)
class CipherConfiguration {

    /** As {@code holdfast encrypt} uses it. The key has more entropy than can be guessed, so the salt need not be secret or new. */
    private static final String SALT = "686f6c6466617374";

    /** Goes before the one Spring Cloud makes for values in a service's own files. */
    @Bean
    @Primary
    TextEncryptor cipherValues(CipherProperties properties) {
        String key = properties.key();
        return key == null || key.isBlank() ? new NoKey() : Encryptors.delux(key, SALT);
    }

    @Bean
    CipherCheck cipherCheck(TextEncryptor cipherValues) {
        return new CipherCheck(cipherValues);
    }

    /** Decrypts nothing; Spring's own encryptor that does nothing would hand out the encrypted text as if it were the value. */
    private static final class NoKey implements TextEncryptor {

        @Override
        public String encrypt(String text) {
            throw missing();
        }

        @Override
        public String decrypt(String encrypted) {
            throw missing();
        }

        private static IllegalStateException missing() {
            return new IllegalStateException("HOLDFAST_CIPHER_KEY is not set");
        }
    }
}
