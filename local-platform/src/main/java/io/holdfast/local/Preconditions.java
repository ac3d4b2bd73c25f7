package io.holdfast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.holdfast.local.server.JavaHome;
import io.holdfast.local.server.PortOwner;
import io.holdfast.local.server.Ports;
import io.holdfast.local.topology.Endpoint;
import io.holdfast.local.topology.Folders;
import io.holdfast.local.topology.Part;

/** What would stop a start half-way, found before it. */
final class Preconditions {
    private static final long ROOM_NEEDED_MIB = 1536;
    private static final long MIB = 1024 * 1024;

    private Preconditions() {}

    static void check(Folders folders, List<Part> parts) {
        JavaHome.forCassandra();
        checkRoom(folders.state());
        for (Part part : parts) {
            Path jar = folders.home().jarOf(part.service());
            if (part.service().contains("-service") || part.service().equals("gateway")) {
                checkJar(part.service(), jar);
            }
            part.endpoints().forEach(endpoint -> checkFree(part.name(), endpoint));
        }
    }

    private static void checkJar(String service, Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new Complaint(service + " is not built: " + jar + " is missing; ./holdfast up builds it");
        }
    }

    private static void checkFree(String name, Endpoint endpoint) {
        if (!Ports.isFree(endpoint.address(), endpoint.port())) {
            throw new Complaint("Port " + endpoint + ", wanted by " + name + ", is taken by "
                    + PortOwner.of(endpoint.port()).orElse("another process")
                    + ": end that, or start on other ports with --offset 1000");
        }
    }

    private static void checkRoom(Path state) {
        try {
            Files.createDirectories(state);
            long room = Files.getFileStore(state).getUsableSpace() / MIB;
            if (room < ROOM_NEEDED_MIB) {
                throw new Complaint("The disk of " + state + " is full: " + room + " MiB left, " + ROOM_NEEDED_MIB
                        + " MiB needed; make room there");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
