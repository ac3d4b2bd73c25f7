package io.holdfast.backup.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;

import io.holdfast.backup.crypto.NativeCrypto;

/**
 * The keys of a repository: of all that ever encrypted something, the newest encrypts; another one, which stays, names slices, so that
 * equal rows have equal names in this repository and tell nothing to who does not have it.
 *
 * <p>AES-256-GCM with a data key for each blob, which is encrypted with a key of the ring and stored in front of it. The name of the blob
 * is authenticated: a blob in the place of another does not open.
 */
public final class KeyRing {
    private static final Configuration TINK = configuration();
    private static final int NAME_BYTES = 32;
    private static final byte[] SEALING = "holdfast sealing keys 1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NAMING = "holdfast naming key 1".getBytes(StandardCharsets.US_ASCII);

    private final KeysetHandle sealing;
    private final KeysetHandle naming;
    private final Aead seals;
    private final PrfSet names;

    private KeyRing(KeysetHandle sealing, KeysetHandle naming) throws GeneralSecurityException {
        this.sealing = sealing;
        this.naming = naming;
        Aead ring = sealing.getPrimitive(TINK, Aead.class);
        this.seals = KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, ring);
        this.names = naming.getPrimitive(TINK, PrfSet.class);
    }

    /** A ring of new keys. */
    public static KeyRing make() {
        try {
            return new KeyRing(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK),
                    KeysetHandle.generateNew(PredefinedPrfParameters.HMAC_SHA256_PRF, TINK));
        } catch (GeneralSecurityException impossible) {
            throw failed(impossible);
        }
    }

    /** These keys and one more, which encrypts from now on. */
    public KeyRing renewed() {
        try {
            KeysetHandle more = KeysetHandle.newBuilder(sealing)
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary())
                    .build();
            return new KeyRing(more, naming);
        } catch (GeneralSecurityException impossible) {
            throw failed(impossible);
        }
    }

    /** How many keys have encrypted something, or do so now. */
    public int size() {
        return sealing.size();
    }

    /** Encrypts what is kept under a name. */
    public ByteBuffer seal(String name, ByteBuffer content) {
        try {
            return ByteBuffer.wrap(seals.encrypt(bytes(content), name.getBytes(StandardCharsets.UTF_8)))
                    .asReadOnlyBuffer();
        } catch (GeneralSecurityException impossible) {
            throw failed(impossible);
        }
    }

    /** Decrypts what is kept under a name. */
    public ByteBuffer open(String name, ByteBuffer sealed) throws BrokenSealException {
        try {
            return ByteBuffer.wrap(seals.decrypt(bytes(sealed), name.getBytes(StandardCharsets.UTF_8)))
                    .asReadOnlyBuffer();
        } catch (GeneralSecurityException broken) {
            throw new BrokenSealException(name, broken);
        }
    }

    /**
     * The name of content in this repository.
     *
     * @param digest SHA-256 of the content, in hexadecimal digits
     * @return 64 hexadecimal digits
     */
    public String nameOf(String digest) {
        try {
            return HexFormat.of().formatHex(names.computePrimary(HexFormat.of().parseHex(digest), NAME_BYTES));
        } catch (GeneralSecurityException impossible) {
            throw failed(impossible);
        }
    }

    /** The sealing keys and the naming key, each encrypted with the recovery key. */
    Wrapped wrapped(RecoveryKey key) {
        try {
            return new Wrapped(
                    TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(sealing, key.aead(), SEALING, TINK),
                    TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(naming, key.aead(), NAMING, TINK));
        } catch (GeneralSecurityException impossible) {
            throw failed(impossible);
        }
    }

    /** Opens keys. */
    static KeyRing unwrapped(Wrapped keys, RecoveryKey key) throws GeneralSecurityException {
        return new KeyRing(
                TinkJsonProtoKeysetFormat.parseEncryptedKeyset(keys.sealing(), key.aead(), SEALING, TINK),
                TinkJsonProtoKeysetFormat.parseEncryptedKeyset(keys.naming(), key.aead(), NAMING, TINK));
    }

    private static Configuration configuration() {
        NativeCrypto.prefer();
        try {
            AeadConfig.register();
            PrfConfig.register();
            return RegistryConfiguration.get();
        } catch (GeneralSecurityException impossible) {
            throw failed(impossible);
        }
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    private static IllegalStateException failed(GeneralSecurityException cause) {
        return new IllegalStateException("This Java runtime cannot encrypt", cause);
    }

    /** Keys that only the recovery key opens, as Tink writes them in JSON. */
    record Wrapped(String sealing, String naming) {}
}
