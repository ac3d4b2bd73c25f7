package io.holdfast.backup.key;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;

/**
 * The key that opens the keys of a repository. Together with the repository it is all that is needed to bring everything back, and
 * without it nothing is.
 */
public final class RecoveryKey {
    /** Of AES-256. */
    private static final int BYTES = 32;

    private final SecretBytes bytes;

    private RecoveryKey(SecretBytes bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a key.
     *
     * @param text 32 bytes in base64url, without padding
     * @throws WrongKeyException when it is something else
     */
    public static RecoveryKey of(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.strip());
        } catch (IllegalArgumentException malformed) {
            // Without the cause, which quotes what it could not read.
            throw noKey();
        }
        if (bytes.length != BYTES) {
            throw noKey();
        }
        return new RecoveryKey(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()));
    }

    /** A key nobody has. */
    public static RecoveryKey random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new RecoveryKey(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()));
    }

    @AccessesPartialKey
    Aead aead() throws GeneralSecurityException {
        AesGcmParameters aes256 = AesGcmParameters.builder()
                .setKeySizeBytes(BYTES)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        return AesGcmJce.create(
                AesGcmKey.builder().setParameters(aes256).setKeyBytes(bytes).build());
    }

    private static WrongKeyException noKey() {
        return new WrongKeyException(
                "The recovery key is missing or incomplete: set HOLDFAST_RECOVERY_KEY to the backup.recovery-key of the secrets, 43 letters,"
                        + " digits, - and _",
                null);
    }
}
