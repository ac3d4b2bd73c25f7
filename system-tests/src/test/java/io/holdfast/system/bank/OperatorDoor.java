package io.holdfast.system.bank;

import java.util.Map;

import io.holdfast.system.Door;
import io.holdfast.system.RunningPlatform;

/**
 * The gateway, entered as the operator, who may order and cancel for every user. Enters again when the token has run out.
 * Used by many threads.
 */
final class OperatorDoor {

    private static final int UNAUTHORIZED = 401;

    private final RunningPlatform platform;
    private volatile Door door;

    OperatorDoor(RunningPlatform platform) {
        this.platform = platform;
        this.door = enter();
    }

    Door.Reply get(String path) {
        return again(door -> door.get(path));
    }

    Door.Reply post(String path, Object body, Map<String, String> headers) {
        return again(door -> door.post(path, body, headers));
    }

    private Door.Reply again(java.util.function.Function<Door, Door.Reply> call) {
        Door.Reply reply = call.apply(door);
        if (reply.status() == UNAUTHORIZED) {
            door = enter();
            return call.apply(door);
        }
        return reply;
    }

    private Door enter() {
        return Door.at(platform.gateway()).enter(platform.operatorName(), platform.operatorPassword());
    }
}
