package io.holdfast.backup.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a native SHA-256 and AES-GCM in front of Java's own, which are slow until the second compiler (C2) has compiled them, and stay so
 * where it is switched off. The results are the same.
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
        Throwable missing = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
        if (missing != null) {
            log.info("no native cryptography for this machine, backups take more time: {}", missing.toString());
            return false;
        }
        AmazonCorrettoCryptoProvider.install();
        return true;
    }
}
