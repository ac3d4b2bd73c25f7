package io.holdfast.config.cipher;

import java.util.Optional;

import org.springframework.security.crypto.encrypt.TextEncryptor;

import io.holdfast.failover.policy.PolicyEntry;
import io.holdfast.failover.policy.PolicyProblem;

/** Finds encrypted values that no service could be given. What it says never holds the value. */
public final class CipherCheck {

    private static final String MARK = "{cipher}";

    private final TextEncryptor encryptor;

    public CipherCheck(TextEncryptor encryptor) {
        this.encryptor = encryptor;
    }

    /** What is wrong with the value of an entry; nothing when it is plain, or can be decrypted. */
    public Optional<PolicyProblem> problem(PolicyEntry entry) {
        String value = String.valueOf(entry.value());
        if (!value.contains(MARK)) {
            return Optional.empty();
        }
        if (!value.startsWith(MARK)) {
            return Optional.of(refused(entry, "has {cipher} inside a text; only a whole value can be encrypted"));
        }
        try {
            encryptor.decrypt(value.substring(MARK.length()));
            return Optional.empty();
        } catch (RuntimeException e) {
            // Not its message: it may quote what it could not read.
            return Optional.of(refused(entry, "cannot be decrypted with the key of this platform"));
        }
    }

    private static PolicyProblem refused(PolicyEntry entry, String reason) {
        return new PolicyProblem(
                entry.file(), entry.line(), entry.key(), reason, "what ./holdfast encrypt prints, in quotes");
    }
}
