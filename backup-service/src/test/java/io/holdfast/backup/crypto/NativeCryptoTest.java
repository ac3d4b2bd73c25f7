package io.holdfast.backup.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is native says the same as what Java has of its own. */
class NativeCryptoTest {
    private static final String NATIVE = "AmazonCorrettoCryptoProvider";

    private final byte[] content = new byte[1_000_003];
    private final byte[] key = new byte[32];

    @BeforeEach
    void prefer() {
        assumeThat(List.of("amd64", "x86_64", "aarch64"))
                .as("a library for this processor")
                .contains(System.getProperty("os.arch"));
        assumeThat(System.getProperty("os.name"))
                .as("a library for this system")
                .matches("Linux|Mac.*");
        assertThat(NativeCrypto.prefer()).isTrue();
        new SecureRandom().nextBytes(content);
        new SecureRandom().nextBytes(key);
    }

    @Test
    void digestsAreTheSame() throws Exception {
        MessageDigest preferred = MessageDigest.getInstance("SHA-256");

        assertThat(preferred.getProvider().getName()).isEqualTo(NATIVE);
        assertThat(preferred.digest(content))
                .isEqualTo(MessageDigest.getInstance("SHA-256", "SUN").digest(content));
    }

    @Test
    void namesAreTheSame() throws Exception {
        Mac preferred = Mac.getInstance("HmacSHA256");
        Mac own = Mac.getInstance("HmacSHA256", "SunJCE");
        preferred.init(new SecretKeySpec(key, "HmacSHA256"));
        own.init(new SecretKeySpec(key, "HmacSHA256"));

        assertThat(preferred.getProvider().getName()).isEqualTo(NATIVE);
        assertThat(preferred.doFinal(content)).isEqualTo(own.doFinal(content));
    }

    @Test
    void whatOneEncryptsTheOtherDecrypts() throws Exception {
        Cipher preferred = Cipher.getInstance("AES/GCM/NoPadding");
        Cipher own = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");

        assertThat(preferred.getProvider().getName()).isEqualTo(NATIVE);
        assertThat(opened(own, sealed(preferred))).isEqualTo(content);
        assertThat(opened(preferred, sealed(own))).isEqualTo(content);
    }

    @Test
    void randomNumbersStayJavas() {
        assertThat(new SecureRandom().getProvider().getName()).isNotEqualTo(NATIVE);
    }

    private byte[] sealed(Cipher cipher) throws Exception {
        byte[] nonce = new byte[12];
        new SecureRandom().nextBytes(nonce);
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        byte[] sealed = cipher.doFinal(content);
        byte[] all = new byte[nonce.length + sealed.length];
        System.arraycopy(nonce, 0, all, 0, nonce.length);
        System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
        return all;
    }

    private byte[] opened(Cipher cipher, byte[] sealed) throws Exception {
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, sealed, 0, 12));
        return cipher.doFinal(sealed, 12, sealed.length - 12);
    }
}
