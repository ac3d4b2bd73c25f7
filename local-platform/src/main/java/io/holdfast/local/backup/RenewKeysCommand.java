package io.holdfast.local.backup;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

import io.holdfast.local.HelpOption;
import io.holdfast.local.client.RunningPlatform;

/** Encrypts backups with a new key from now on. */
@Command(
        name = "renew-keys",
        description =
                "Encrypts backups with a new key from now on. Those there are stay readable, and the recovery key is the same.")
public final class RenewKeysCommand implements Callable<Integer> {
    private final RunningPlatform platform;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final HelpOption help = new HelpOption();

    public RenewKeysCommand(RunningPlatform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() {
        JsonNode keys = platform.gateway().tell("/api/backups/keys", Map.of()).orComplain();
        Objects.requireNonNull(spec)
                .commandLine()
                .getOut()
                .println("Backups are encrypted with key "
                        + keys.path("sealingKeys").asInt(0) + " from now on");
        return 0;
    }
}
