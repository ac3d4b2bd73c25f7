package io.holdfast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

import io.holdfast.local.topology.Folders;
import io.holdfast.local.topology.PlatformOptions;

/** How many servers made the data that are there: another number could not read them. */
public final class DataShape {
    private static final String CASSANDRA = "cassandra-nodes";
    private static final String DATACENTERS = "datacenters";
    private static final String KAFKA = "kafka-brokers";

    private DataShape() {}

    /** How many servers of this kind made the data; empty when there are none yet. */
    public static Optional<Integer> cassandraNodes(Folders folders) {
        return read(folders, CASSANDRA);
    }

    /** In how many data centres those nodes are. */
    public static Optional<Integer> datacenters(Folders folders) {
        return cassandraNodes(folders).map(_ -> read(folders, DATACENTERS).orElse(1));
    }

    /** As {@link #cassandraNodes}. */
    public static Optional<Integer> kafkaBrokers(Folders folders) {
        return read(folders, KAFKA);
    }

    /**
     * Looks whether what was noted before fits.
     *
     * @throws Complaint when it does not
     */
    static void check(Folders folders, PlatformOptions options) {
        check(cassandraNodes(folders), folders, CASSANDRA, options.cassandraNodes());
        check(datacenters(folders), folders, DATACENTERS, options.datacenters());
        check(kafkaBrokers(folders), folders, KAFKA, options.kafkaBrokers());
    }

    /** Notes it for all later starts. */
    static void note(Folders folders, PlatformOptions options) {
        Path file = file(folders);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    file,
                    CASSANDRA + "=" + options.cassandraNodes() + "\n"
                            + DATACENTERS + "=" + options.datacenters() + "\n"
                            + KAFKA + "=" + options.kafkaBrokers() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(Optional<Integer> there, Folders folders, String kind, int wanted) {
        there.filter(made -> made != wanted).ifPresent(made -> {
            throw new Complaint("The data in " + file(folders).getParent() + " were made with --" + kind + " " + made
                    + " and cannot be used with " + wanted + ": keep to " + made + ", or move that folder away");
        });
    }

    private static Optional<Integer> read(Folders folders, String kind) {
        Path file = file(folders);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return Optional.ofNullable(properties.getProperty(kind)).map(Integer::valueOf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException e) {
            throw new Complaint(file + " is not readable: " + e.getMessage(), e);
        }
    }

    private static Path file(Folders folders) {
        return folders.state().resolve("data/shape.properties");
    }
}
