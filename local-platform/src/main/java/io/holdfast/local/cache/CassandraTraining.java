package io.holdfast.local.cache;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.holdfast.local.process.Launch;
import io.holdfast.local.server.CassandraNode;
import io.holdfast.local.server.JavaHome;
import io.holdfast.local.server.Ports;

/** The class archive of Cassandra, from a node of its own on free ports with no data. */
final class CassandraTraining implements TrainingRun {
    private static final String LOCALHOST = "127.0.0.1";

    private final StartCaches caches;
    private final Path log;

    CassandraTraining(StartCaches caches, Path log) {
        this.caches = caches;
        this.log = log;
    }

    @Override
    public boolean isMade() {
        return Files.isRegularFile(caches.archiveOfCassandra());
    }

    @Override
    public void make(Runner runner) {
        Path archive = caches.archiveOfCassandra();
        Path work = archive.resolveSibling(archive.getFileName() + ".work");
        CacheFiles.delete(work);
        try {
            List<Integer> ports = Ports.free(3);
            CassandraNode node = new CassandraNode(
                    "training-cassandra",
                    CassandraNode.DATACENTER,
                    LOCALHOST,
                    ports.get(0),
                    ports.get(1),
                    ports.get(2),
                    List.of(LOCALHOST + ":" + ports.get(1)),
                    work,
                    true);
            Path made = work.resolve("classes.jsa");
            Launch launch = node.launch(
                    caches.home().libraryOf("cassandra"),
                    JavaHome.forCassandra(),
                    List.of("-XX:ArchiveClassesAtExit=" + made),
                    log);
            if (runner.runUntil(launch, () -> Ports.accepts(LOCALHOST, node.cqlPort())) && Files.isRegularFile(made)) {
                CacheFiles.move(made, archive);
                CacheFiles.deleteOthers(caches.folder(), "cassandra", archive);
            }
        } finally {
            CacheFiles.delete(work);
        }
    }
}
