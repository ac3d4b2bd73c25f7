package io.holdfast.local.secret;

import org.springframework.security.crypto.encrypt.Encryptors;

/** Encrypts values of the configuration so that config-service, and nobody else, can read them: AES-256-GCM. */
public final class CipherText {
    /** How config-service tells an encrypted value from a plain one. */
    private static final String MARK = "{cipher}";

    /** The key is random and long, so that a salt of its own for each platform would add nothing. config-service has the same. */
    private static final String SALT = "686f6c6466617374";

    private final Secrets secrets;

    public CipherText(Secrets secrets) {
        this.secrets = secrets;
    }

    /** What goes into a configuration file in the value's place. Differs each time. */
    public String of(String value) {
        return MARK + Encryptors.delux(secrets.cipherKey(), SALT).encrypt(value);
    }
}
