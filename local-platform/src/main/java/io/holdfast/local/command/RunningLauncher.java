package io.holdfast.local.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

import io.holdfast.local.Complaint;
import io.holdfast.local.Home;
import io.holdfast.local.client.Gateway;
import io.holdfast.local.client.RunningPlatform;
import io.holdfast.local.secret.Secrets;
import io.holdfast.local.topology.Folders;

/**
 * The platform of this folder; looked for when it is needed. One that runs in containers is found by {@code
 * HOLDFAST_GATEWAY}, the address of its gateway.
 */
final class RunningLauncher implements RunningPlatform {
    static final String GATEWAY = "HOLDFAST_GATEWAY";

    private final Map<String, String> environment;

    RunningLauncher(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Gateway gateway() {
        String address = environment.getOrDefault(GATEWAY, "");
        if (address.isBlank()) {
            return Launcher.find().gateway();
        }
        URI gateway = addressOf(address);
        Secrets secrets = Secrets.load(Folders.of(Home.find()).secrets());
        return new Gateway(gateway, secrets.operatorName(), secrets.operatorPassword());
    }

    @Override
    public Path state() {
        return Launcher.find().folders().state();
    }

    private static URI addressOf(String text) {
        try {
            URI address = URI.create(text.strip());
            if (address.getHost() != null && String.valueOf(address.getScheme()).matches("https?")) {
                return address;
            }
            throw new IllegalArgumentException("no scheme or no host");
        } catch (IllegalArgumentException wrong) {
            throw new Complaint(GATEWAY + "=" + text + " is not an address such as http://127.0.0.1:8080", wrong);
        }
    }
}
