package io.holdfast.user.tokens;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.springframework.stereotype.Component;

/** The person who runs the platform. Known from the secrets alone, so that he can sign in while Cassandra is down. */
@Component
public class Operator {

    private final String name;
    private final byte[] password;

    Operator(OperatorProperties secrets) {
        if (secrets.name().isBlank() || secrets.password().isBlank()) {
            throw new IllegalArgumentException("holdfast.operator.name and .password must be set");
        }
        this.name = secrets.name();
        this.password = sha256(secrets.password());
    }

    public String name() {
        return name;
    }

    /** Whether this is the operator's name, without regard to case, so that no user can look like him. */
    public boolean isNamed(String userName) {
        return name.equalsIgnoreCase(userName);
    }

    /** Whether this is the operator's password; takes as long for a wrong one. */
    boolean hasPassword(String candidate) {
        return MessageDigest.isEqual(password, sha256(candidate));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
