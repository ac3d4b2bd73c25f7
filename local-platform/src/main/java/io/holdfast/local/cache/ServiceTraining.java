package io.holdfast.local.cache;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.holdfast.local.process.Launch;
import io.holdfast.local.server.JavaHome;

/**
 * The cache of a service. The training run is a start of the service that ends right before it would open its port,
 * register itself or consume anything ({@code spring.context.exit}), so that the running platform does not notice it.
 */
final class ServiceTraining implements TrainingRun {
    private final StartCaches caches;
    private final String service;
    private final Map<String, String> environment;
    private final Path log;

    /**
     * Does nothing yet.
     *
     * @param environment of a running instance
     */
    ServiceTraining(StartCaches caches, String service, Map<String, String> environment, Path log) {
        this.caches = caches;
        this.service = service;
        this.environment = environment;
        this.log = log;
    }

    @Override
    public boolean isMade() {
        return Files.isRegularFile(caches.cacheOf(service));
    }

    @Override
    public void make(Runner runner) {
        Path layout = caches.layoutOf(service);
        if (!Files.isDirectory(layout)) {
            return;
        }
        Path work = CacheFiles.emptied(Layouts.workOf(layout));
        try {
            Path recorded = work.resolve("start.aotconf");
            Path made = layout.resolve("start.aot.new");
            if (runner.run(record(layout, work, recorded)) && runner.run(create(layout, work, recorded, made))) {
                // Of the layout it was made for: another one may have been built meanwhile.
                CacheFiles.move(made, Layouts.cacheOf(layout));
                caches.isCached(service, layout);
            }
        } finally {
            CacheFiles.delete(work);
        }
    }

    private Launch record(Path layout, Path work, Path recorded) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put("SERVER_PORT", "0");
        changed.put("HOLDFAST_INSTANCE", service + "-training");
        changed.put("HOLDFAST_STATE_DIR", work.resolve("state").toString());
        changed.put("EUREKA_CLIENT_REGISTER_WITH_EUREKA", "false");
        return launch(
                java(
                        layout,
                        StartCaches.temporaryFilesIn(CacheFiles.emptied(work.resolve("tmp"))),
                        "-XX:AOTMode=record",
                        "-XX:AOTConfiguration=" + recorded,
                        "-Dspring.context.exit=onRefresh"),
                work,
                changed);
    }

    private Launch create(Path layout, Path work, Path recorded, Path made) {
        return launch(
                java(layout, "-XX:AOTMode=create", "-XX:AOTConfiguration=" + recorded, "-XX:AOTCache=" + made),
                work,
                Map.of());
    }

    private List<String> java(Path layout, String... options) {
        List<String> command = new ArrayList<>();
        command.add(JavaHome.current().java().toString());
        command.addAll(caches.optionsFor(service));
        // Else the log gets a line for each of the thousand classes that cannot be cached.
        command.add("-Xlog:disable");
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", layout.resolve(service + ".jar").toString()));
        return command;
    }

    private Launch launch(List<String> command, Path work, Map<String, String> variables) {
        return new Launch("training-" + service, command, variables, work, log);
    }
}
