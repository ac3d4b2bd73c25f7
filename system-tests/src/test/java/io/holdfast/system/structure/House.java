package io.holdfast.system.structure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The modules, and which of them each may use. The table in the README, as code. */
enum House {
    FAILOVER("failover", "failover"),
    JOURNAL("journal", "journal", FAILOVER),
    DOORS("doors", "doors", FAILOVER),
    STORAGE("storage", "storage", FAILOVER, JOURNAL),
    DISCOVERY_SERVICE("discovery-service", "discovery"),
    CONFIG_SERVICE("config-service", "config", FAILOVER, DOORS),
    GATEWAY("gateway", "gateway", FAILOVER, DOORS),
    USER_SERVICE("user-service", "user", FAILOVER, JOURNAL, DOORS, STORAGE),
    ORDER_SERVICE("order-service", "order", FAILOVER, JOURNAL, DOORS, STORAGE),
    BACKUP_SERVICE("backup-service", "backup", FAILOVER, JOURNAL, DOORS, STORAGE),
    LOCAL_PLATFORM("local-platform", "local"),
    BENCHMARKS("benchmarks", "benchmarks", FAILOVER, JOURNAL, DOORS, STORAGE, BACKUP_SERVICE, LOCAL_PLATFORM),
    CONTAINER_SERVERS("local-platform/containers", "containers", LOCAL_PLATFORM);

    private final String folder;
    private final String packageName;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; the type does not say so
    private final List<House> mayUse;

    House(String folder, String packageName, House... mayUse) {
        this.folder = folder;
        this.packageName = "io.holdfast." + packageName;
        this.mayUse = List.of(mayUse);
    }

    String folder() {
        return folder;
    }

    /** Every package of this module, as an ArchUnit pattern. */
    String packages() {
        return packageName + "..";
    }

    /** The package patterns of all modules this one may not use. */
    String[] forbiddenPackages() {
        Set<House> forbidden = EnumSet.allOf(House.class);
        forbidden.remove(this);
        mayUse.forEach(forbidden::remove);
        return forbidden.stream().map(House::packages).toArray(String[]::new);
    }

    /** What is compiled of its main sources. */
    JavaClasses classes() {
        String compiled = "/" + folder + "/target/classes/";
        return allClasses()
                .that(DescribedPredicate.describe(
                        "are compiled of " + folder,
                        type -> type.getSource()
                                .orElseThrow()
                                .getUri()
                                .getPath()
                                .contains(compiled)));
    }

    /** The main and test sources of this module. */
    List<Path> sources() {
        try (Stream<Path> files = Files.walk(root().resolve(folder).resolve("src"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JavaClasses allClasses() {
        return Imported.ALL;
    }

    /** The folder that holds all modules, searched upwards from the working directory. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("local-platform"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "No folder above " + Path.of("").toAbsolutePath() + " holds the modules");
            }
            folder = parent;
        }
        return folder;
    }

    /** Read once: it takes seconds. */
    private static final class Imported {
        // What JMH makes of a benchmark is not written by us.
        static final JavaClasses ALL = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/jmh_generated/"))
                .importPaths(Arrays.stream(values())
                        .map(module -> root().resolve(module.folder).resolve("target/classes"))
                        .toList());
    }
}
