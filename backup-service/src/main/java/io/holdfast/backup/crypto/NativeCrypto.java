package io.holdfast.backup.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Security;
import javax.crypto.Cipher;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a native library in front of Java's own cryptography, whose SHA-256 and AES-GCM are slow until the second compiler (C2) has
 * compiled them, and stay so where it is switched off. The results are the same; random numbers stay Java's.
 */
public final class NativeCrypto {
    private static final Logger log = LoggerFactory.getLogger(NativeCrypto.class);

    private static final boolean IN_USE = install();

    private NativeCrypto() {}

    /** Does so, the first time; where there is no library for this machine, Java's own is used. Tells which. */
    public static boolean prefer() {
        return IN_USE;
    }

    private static boolean install() {
        System.setProperty("com.amazon.corretto.crypto.provider.registerSecureRandom", "false");
        AmazonCorrettoCryptoProvider library = AmazonCorrettoCryptoProvider.INSTANCE;
        Throwable missing = library.getLoadingError();
        if (missing != null) {
            log.info("no native cryptography for this machine, backups take more time: {}", missing.toString());
            return false;
        }
        AmazonCorrettoCryptoProvider.install();
        if (library.runSelfTests() == SelfTestStatus.PASSED && answers(library)) {
            return true;
        }
        Security.removeProvider(library.getName());
        log.warn("native cryptography does not work here and is not used, backups take more time");
        return false;
    }

    private static boolean answers(AmazonCorrettoCryptoProvider library) {
        try {
            return MessageDigest.getInstance("SHA-256").getProvider().equals(library)
                    && Cipher.getInstance("AES/GCM/NoPadding").getProvider().equals(library);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java runtime has SHA-256 and AES-GCM", impossible);
        }
    }
}
