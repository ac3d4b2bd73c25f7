package io.holdfast.local.supervision;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.holdfast.local.process.Launch;
import io.holdfast.local.topology.Endpoint;
import io.holdfast.local.topology.Part;

/** Makes parts whose processes are small shell scripts. A part is ready when its file {@code NAME.ready} is there. */
final class Parts {
    /** A part of this name lets the others go first. */
    static final String YIELDING = "yielding";

    private final Path folder;

    Parts(Path folder) {
        this.folder = folder;
    }

    /** Gets ready at once and runs for ever. */
    Part running(String service, String... needs) {
        return part(service, "touch " + ready(service) + "; exec sleep 600", List.of(needs), List.of(needs));
    }

    /** Runs for ever and notes in {@code ends} when it was asked to end. */
    Part notingItsEnd(String service, String... needs) {
        String script = "trap 'echo " + service + " >> " + folder.resolve("ends") + "; exit 0' TERM; touch "
                + ready(service) + "; while :; do sleep 0.05; done";
        return part(service, script, List.of(needs), List.of());
    }

    /** Asked to end, it goes on until there is a file {@code end}. */
    Part takingItsTimeToEnd(String service) {
        String script = "trap 'until [ -e " + file("end") + " ]; do sleep 0.05; done; exit 0' TERM; touch "
                + ready(service) + "; while :; do sleep 0.05; done";
        return part(service, script, List.of(), List.of());
    }

    Part script(String service, String script) {
        return part(service, script, List.of(), List.of());
    }

    Path ready(String service) {
        return folder.resolve(service + "-1.ready");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    private Part part(String service, String script, List<String> needs, List<String> waitsFor) {
        String name = service + "-1";
        Path log = folder.resolve(name + ".log");
        return new Part(
                name,
                service,
                List.of(new Endpoint("127.0.0.1", 1)),
                needs,
                waitsFor,
                Optional::empty,
                () -> new Launch(name, List.of("/bin/sh", "-c", script), Map.of(), folder, log),
                () -> Files.exists(ready(service)),
                log,
                service.equals(YIELDING));
    }
}
