package io.holdfast.local.cache;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.holdfast.local.process.Launch;
import io.holdfast.local.server.JavaHome;
import io.holdfast.local.server.KafkaBroker;
import io.holdfast.local.server.Ports;

/** The cache of Kafka, from a broker of its own on free ports with no data. */
final class KafkaTraining implements TrainingRun {
    private static final String LOCALHOST = "127.0.0.1";

    private final StartCaches caches;
    private final Path log;

    KafkaTraining(StartCaches caches, Path log) {
        this.caches = caches;
        this.log = log;
    }

    @Override
    public boolean isMade() {
        return Files.isRegularFile(caches.cacheOfKafka());
    }

    @Override
    public void make(Runner runner) {
        Path cache = caches.cacheOfKafka();
        Path work = cache.resolveSibling(cache.getFileName() + ".work");
        CacheFiles.delete(work);
        try {
            KafkaBroker broker = broker(work);
            Path library = caches.home().libraryOf("kafka");
            Path recorded = work.resolve("start.aotconf");
            Path made = work.resolve("start.aot");
            Optional<Launch> formatting = broker.preparation(library, JavaHome.current(), log);
            Launch recording = broker.launch(
                    library,
                    JavaHome.current(),
                    List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recorded),
                    log);
            Launch creating = broker.launch(
                    library,
                    JavaHome.current(),
                    List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recorded, "-XX:AOTCache=" + made),
                    log);
            boolean done = (formatting.isEmpty() || runner.run(formatting.get()))
                    && runner.runUntil(recording, () -> Ports.accepts(LOCALHOST, broker.port()))
                    && runner.run(creating);
            if (done) {
                CacheFiles.move(made, cache);
                CacheFiles.deleteOthers(caches.folder(), "kafka", cache);
            }
        } finally {
            CacheFiles.delete(work);
        }
    }

    private static KafkaBroker broker(Path work) {
        List<Integer> ports = new ArrayList<>(Ports.free(2));
        return new KafkaBroker(
                "training-kafka",
                1,
                LOCALHOST,
                ports.get(0),
                ports.get(1),
                List.of("1@" + LOCALHOST + ":" + ports.get(1)),
                work);
    }
}
