package io.holdfast.local.command;

import io.holdfast.local.Complaint;
import io.holdfast.local.Home;
import io.holdfast.local.client.Gateway;
import io.holdfast.local.control.ControlClient;
import io.holdfast.local.control.Reply;
import io.holdfast.local.control.Request;
import io.holdfast.local.process.PidFiles;
import io.holdfast.local.secret.Secrets;
import io.holdfast.local.topology.Folders;

/** The launcher in another terminal, as the short commands see it. */
record Launcher(Folders folders) {
    static Launcher find() {
        return new Launcher(Folders.of(Home.find()));
    }

    /**
     * Asks it.
     *
     * @throws Complaint when it does not run, or refuses
     */
    Reply ask(String verb, String name) {
        return ControlClient.send(folders.run(), new Request(verb, name)).orElseThrow(() -> {
            int left = new PidFiles(folders.run()).living().size();
            return new Complaint(
                    left == 0
                            ? "Nothing runs here: start it with ./holdfast up; for containers set "
                                    + RunningLauncher.GATEWAY + "=http://127.0.0.1:8080"
                            : "The launcher is gone, but " + left
                                    + " of its processes still run: ./holdfast down stops them");
        });
    }

    /** The gateway of the running platform, entered as the operator. */
    Gateway gateway() {
        Reply reply = ask("status", "");
        Secrets secrets = Secrets.load(folders.secrets());
        return new Gateway(java.net.URI.create(reply.gateway()), secrets.operatorName(), secrets.operatorPassword());
    }
}
