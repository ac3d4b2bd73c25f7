package io.holdfast.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.holdfast.local.secret.Secrets;
import io.holdfast.local.secret.ServiceSecrets;

/** {@code holdfast secrets FILE}: what containers need before they start. {@code up} does it by itself. */
@Command(
        name = "secrets",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Generates the secrets a platform lacks, and gives each service a file with its own.")
final class SecretsCommand implements Callable<Integer> {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The secrets of the platform; made when it is not there.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--services",
            paramLabel = "FOLDER",
            description = "Writes FOLDER/SERVICE/environment for each service.")
    private @Nullable Path services;

    @Option(
            names = "--services-owner",
            paramLabel = "UID",
            description = "Who the services run as; their files belong to him.")
    private @Nullable Integer servicesOwner;

    @Option(
            names = "--metrics",
            paramLabel = "FOLDER",
            description = "Writes FOLDER/metrics-password for the server that reads the metrics.")
    private @Nullable Path metrics;

    @Option(
            names = "--metrics-owner",
            paramLabel = "UID",
            description = "Who that server runs as; the file belongs to him.")
    private @Nullable Integer metricsOwner;

    @Option(
            names = "--owner-like",
            paramLabel = "PATH",
            description = "FILE and its folder belong to whom this file belongs to.")
    private @Nullable Path ownerLike;

    @Override
    public Integer call() throws IOException {
        boolean isNew = !Files.exists(file);
        Secrets all = Secrets.loadOrCreate(file);
        ServiceSecrets secrets = new ServiceSecrets(all);
        if (ownerLike != null) {
            Object owner = Files.getAttribute(ownerLike, "unix:uid");
            Files.setAttribute(file, "unix:uid", owner);
            Files.setAttribute(file.toAbsolutePath().getParent(), "unix:uid", owner);
        }
        if (services != null) {
            for (String service : ServiceSecrets.SERVICES) {
                write(services.resolve(service).resolve("environment"), lines(secrets.of(service)), servicesOwner);
            }
        }
        if (metrics != null) {
            write(metrics.resolve("metrics-password"), all.metricsPassword(), metricsOwner);
        }
        spec.commandLine()
                .getOut()
                .println((isNew ? "Generated the secrets of this platform in " : "The secrets of this platform are in ")
                        + file.getFileName());
        return 0;
    }

    /** For a shell to read. No value holds a single quote. */
    private static String lines(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "='" + variable.getValue() + "'\n")
                .collect(Collectors.joining());
    }

    /** Beside and renamed, readable for its owner only. */
    private static void write(Path target, String text, @Nullable Integer owner) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        Path beside = target.resolveSibling(target.getFileName() + ".new");
        Files.deleteIfExists(beside);
        Files.createFile(beside, OWNER_ONLY);
        Files.writeString(beside, text);
        if (owner != null) {
            Files.setAttribute(beside, "unix:uid", owner);
        }
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
