package io.holdfast.local.control;

import java.util.List;

import io.holdfast.local.supervision.PartStatus;

/**
 * The launcher's answer.
 *
 * @param error what the user did wrong, in one line; empty on success
 * @param gateway the address of the gateway
 * @param parts as they are now
 */
public record Reply(String error, String gateway, List<PartStatus> parts) {
    static Reply refused(String error) {
        return new Reply(error, "", List.of());
    }
}
