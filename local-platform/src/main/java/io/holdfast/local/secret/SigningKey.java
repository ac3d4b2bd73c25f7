package io.holdfast.local.secret;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.regex.Pattern;

/** An EC P-256 key of one service, as JSON Web Keys (RFC 7517, RFC 7518 section 6.2). */
final class SigningKey {
    private static final int COORDINATE_BYTES = 32;
    private static final Pattern PRIVATE_PART = Pattern.compile(",\"d\":\"[^\"]*\"");

    private SigningKey() {}

    /** A new private key whose key id is the name of its service. */
    static String generate(String service) {
        KeyPair pair = newPair();
        ECPublicKey publicKey = (ECPublicKey) pair.getPublic();
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"use\":\"sig\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\",\"d\":\"%s\"}"
                .formatted(
                        service,
                        base64(publicKey.getW().getAffineX()),
                        base64(publicKey.getW().getAffineY()),
                        base64(((ECPrivateKey) pair.getPrivate()).getS()));
    }

    /** The same key without its private part. */
    static String publicPartOf(String privateKey) {
        return PRIVATE_PART.matcher(privateKey).replaceFirst("");
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Unsigned, big-endian, always of full length. */
    private static String base64(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(signed.length, COORDINATE_BYTES);
        System.arraycopy(signed, signed.length - length, fixed, COORDINATE_BYTES - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }
}
