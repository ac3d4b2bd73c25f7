package io.holdfast.user.tokens;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The operator, from the platform's secrets.
 *
 * @param name what he signs in with
 * @param password in clear, because it is generated, long and kept nowhere but in the secrets
 */
@ConfigurationProperties("holdfast.operator")
public record OperatorProperties(String name, String password) {

    /** Without the password, which belongs in no log. */
    @Override
    public String toString() {
        return "OperatorProperties[" + name + "]";
    }
}
