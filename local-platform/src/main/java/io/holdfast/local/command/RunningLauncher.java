package io.holdfast.local.command;

import java.nio.file.Path;

import io.holdfast.local.client.Gateway;
import io.holdfast.local.client.RunningPlatform;

/** The platform of this folder; looked for when it is needed. */
final class RunningLauncher implements RunningPlatform {
    @Override
    public Gateway gateway() {
        return Launcher.find().gateway();
    }

    @Override
    public Path state() {
        return Launcher.find().folders().state();
    }
}
