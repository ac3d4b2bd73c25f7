package io.holdfast.doors.caller;

import java.util.Locale;

/** What a caller is; the {@code role} claim of a token holds its name in lower case. */
public enum Role {
    /** A registered user, who sees own data only. */
    CUSTOMER,
    /** A person who runs the platform. */
    OPERATOR,
    /** One of the platform's own services, at work without a person's token. */
    SERVICE;

    /** The value of the {@code role} claim. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role a claim names.
     *
     * @throws IllegalArgumentException when no role has this name
     */
    public static Role ofClaim(String claim) {
        for (Role role : values()) {
            if (role.claim().equals(claim)) {
                return role;
            }
        }
        throw new IllegalArgumentException("no such role");
    }
}
