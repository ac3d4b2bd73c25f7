package io.holdfast.local.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.Complaint;
import io.holdfast.local.Home;
import io.holdfast.local.RunnableJar;
import io.holdfast.local.cache.StartCaches;
import io.holdfast.local.process.ChildProcess;
import io.holdfast.local.process.Launch;
import io.holdfast.local.secret.Secrets;
import io.holdfast.local.server.JavaHome;

class TopologyTest {
    @TempDir
    Path root;

    private Folders folders;
    private Secrets secrets;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(root.resolve("local-platform/kafka/target/lib"));
        folders = Folders.of(new Home(root));
        secrets = Secrets.loadOrCreate(folders.secrets());
    }

    @Test
    void theSmallestPlatformIsOneOfEverything() {
        assertThat(parts(PlatformOptions.smallest()))
                .extracting(Part::name)
                .containsExactlyInAnyOrder(
                        "cassandra-1",
                        "kafka-1",
                        "discovery-service-1",
                        "config-service-1",
                        "gateway-1",
                        "user-service-1",
                        "order-service-1",
                        "backup-service-1");
    }

    @Test
    void usualPortsAreThoseOfTheDocumentation() {
        List<Part> parts = parts(PlatformOptions.smallest());

        assertThat(addressOf(parts, "gateway-1")).isEqualTo("127.0.0.1:8080");
        assertThat(addressOf(parts, "discovery-service-1")).isEqualTo("127.0.0.1:8761");
        assertThat(addressOf(parts, "config-service-1")).isEqualTo("127.0.0.1:8888");
        assertThat(addressOf(parts, "order-service-1")).isEqualTo("127.0.0.1:8082");
        assertThat(addressOf(parts, "cassandra-1")).isEqualTo("127.0.0.1:9042");
        assertThat(addressOf(parts, "kafka-1")).isEqualTo("127.0.0.1:9092");
    }

    @Test
    void noTwoPartsOfALargePlatformShareAPort() {
        List<Part> parts = parts(new PlatformOptions(3, 3, Map.of("order-service", 3, "gateway", 2), 1000));

        List<Endpoint> all =
                parts.stream().flatMap(part -> part.endpoints().stream()).toList();

        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
        assertThat(addressOf(parts, "order-service-3")).isEqualTo("127.0.0.1:9282");
        assertThat(addressOf(parts, "cassandra-3")).isEqualTo("127.0.0.3:10042");
    }

    @Test
    void everybodyWaitsOnlyForWhatThereIs() {
        List<Part> parts = parts(PlatformOptions.smallest());
        Set<String> services = new HashSet<>(parts.stream().map(Part::service).toList());

        assertThat(parts)
                .allSatisfy(
                        part -> assertThat(services).containsAll(part.needs()).containsAll(part.waitsFor()));
    }

    @Test
    void aServiceIsToldTheClusterAndItsOwnSecretsOnly() {
        Map<String, String> order = environmentOf("order-service-1", new PlatformOptions(3, 1, Map.of(), 0));

        assertThat(order)
                .containsEntry("HOLDFAST_CASSANDRA", "127.0.0.1:9042,127.0.0.2:9042,127.0.0.3:9042")
                .containsEntry("HOLDFAST_CASSANDRA_RF", "3")
                .containsEntry("HOLDFAST_CASSANDRA_DC", "dc1")
                .containsEntry("HOLDFAST_KAFKA", "127.0.0.1:9092")
                .containsEntry("HOLDFAST_KAFKA_RF", "1")
                .containsEntry("HOLDFAST_CONFIG_URI", "http://127.0.0.1:8888")
                .containsEntry("HOLDFAST_DISCOVERY_URI", "http://127.0.0.1:8761/eureka/")
                .containsEntry("HOLDFAST_INSTANCE", "order-service-1")
                .containsEntry("HOLDFAST_TOKEN_PRIVATE_KEY", secrets.tokenKey("order-service"))
                .containsEntry("SERVER_PORT", "8082")
                .doesNotContainKeys(
                        "HOLDFAST_OPERATOR_PASSWORD",
                        "HOLDFAST_CONFIG_READERS",
                        "HOLDFAST_CIPHER_KEY",
                        "HOLDFAST_BACKUP_FOLDER");
        assertThat(order.values()).noneMatch(value -> value.contains(secrets.configPassword("user-service")));
    }

    @Test
    void nodesOfTheFirstDataCentreComeBeforeThoseOfTheNext() throws IOException {
        PlatformOptions options = new PlatformOptions(3, 2, 1, Map.of(), 0, null);

        List<Part> parts = parts(options);

        assertThat(addressOf(parts, "cassandra-4")).isEqualTo("127.0.0.4:9042");
        assertThat(parts.stream().filter(part -> part.service().equals("cassandra")))
                .hasSize(6);
        assertThat(datacenterOf(options, 3)).isEqualTo("dc1");
        assertThat(datacenterOf(options, 4)).isEqualTo("dc2");
        assertThat(environmentOf("order-service-1", options))
                .containsEntry("HOLDFAST_CASSANDRA_DC", "dc1")
                .containsEntry("HOLDFAST_CASSANDRA_OTHER_DCS", "dc2")
                .containsEntry("HOLDFAST_CASSANDRA_RF", "3")
                .extractingByKey("HOLDFAST_CASSANDRA", InstanceOfAssertFactories.STRING)
                .startsWith("127.0.0.1:9042,")
                .endsWith(",127.0.0.6:9042");
    }

    private static String datacenterOf(PlatformOptions options, int node) {
        return new Addresses(options).cassandraNode(node, Path.of("unused")).datacenter();
    }

    @Test
    void servicesAreToldWhereTracesGoOnlyWhenTheyGoSomewhere() {
        URI store = URI.create("http://127.0.0.1:9411/api/v2/spans");

        assertThat(environmentOf("gateway-1", PlatformOptions.smallest().withTraces(store)))
                .containsEntry("HOLDFAST_TRACES_URL", store.toString());
        assertThat(environmentOf("gateway-1", PlatformOptions.smallest())).doesNotContainKey("HOLDFAST_TRACES_URL");
    }

    @Test
    void onlyATestCanPutAJarBesideAServiceWhichIsToldSo() {
        Path jar = root.resolve("faults.jar");
        PlatformOptions broken = PlatformOptions.smallest().withTestJars(Map.of("order-service", jar));
        fakeJar("order-service");
        fakeJar("user-service");
        String behind = File.pathSeparator + jar.toAbsolutePath();
        RunnableJar.write(Path.of(launchOf("order-service-1", PlatformOptions.smallest())
                .command()
                .getLast()));

        assertThat(launchOf("order-service-1", broken).command())
                .anyMatch(word -> word.endsWith("order-service.jar" + behind))
                .endsWith(RunnableJar.MAIN_CLASS);
        assertThat(launchOf("order-service-1", broken).environment()).containsEntry("HOLDFAST_FAULTS", "true");
        assertThat(List.of(
                        launchOf("user-service-1", broken),
                        launchOf("order-service-1", PlatformOptions.smallest().withDatacenters(2))))
                .allSatisfy(launch -> {
                    assertThat(launch.command()).noneMatch(word -> word.endsWith(behind));
                    assertThat(launch.environment()).doesNotContainKey("HOLDFAST_FAULTS");
                });
    }

    private Launch launchOf(String name, PlatformOptions options) {
        return find(parts(options), name).launch().get();
    }

    @Test
    void onlyUserServiceKnowsTheOperatorsPassword() {
        PlatformOptions options = PlatformOptions.smallest();

        assertThat(parts(options).stream()
                        .filter(part -> part.service().contains("service")
                                || part.service().equals("gateway"))
                        .filter(part -> environmentOf(part.name(), options).containsValue(secrets.operatorPassword())))
                .extracting(Part::service)
                .containsExactly("user-service");
    }

    @Test
    void backupsWaitForCustomers() throws Exception {
        fakeJar("backup-service");
        fakeJar("order-service");
        List<String> words =
                launchOf("backup-service-1", PlatformOptions.smallest()).command();
        int java = words.indexOf(JavaHome.current().java().toString());

        Path shown = root.resolve("priority");

        ChildProcess.start(
                        new Launch("nice", List.of("nice"), Map.of(), root, shown).prefixedBy(words.subList(0, java)))
                .await();

        assertThat(shown).hasContent("10");
        assertThat(launchOf("order-service-1", PlatformOptions.smallest()).command())
                .startsWith(JavaHome.current().java().toString());
    }

    @Test
    void aServiceFindsAFolderOfItsOwnForTemporaryFilesEmptyAtEachStart() throws IOException {
        Part part = find(parts(PlatformOptions.smallest()), "order-service-1");
        fakeJar(part.service());
        Path temporary = folders.dataOf(part.name()).resolve("tmp").toAbsolutePath();

        assertThat(part.launch().get().command()).contains("-Djava.io.tmpdir=" + temporary);
        assertThat(temporary).isEmptyDirectory();

        Path left = Files.createDirectories(temporary.resolve("tomcat.8082.1/work"));
        Files.writeString(left.resolve("upload"), "of one that was killed");
        assertThat(part.launch().get().folder()).isEqualTo(folders.dataOf(part.name()));

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void noSecretStandsOnACommandLine() throws IOException {
        List<Part> parts = parts(PlatformOptions.smallest()).stream()
                .filter(part ->
                        !part.service().equals("cassandra") && !part.service().equals("kafka"))
                .toList();

        assertThat(parts).allSatisfy(part -> {
            fakeJar(part.service());
            assertThat(String.join(" ", part.launch().get().command()))
                    .doesNotContain(secrets.operatorPassword())
                    .doesNotContain(secrets.discoveryPassword());
        });
    }

    @Test
    void sizesThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> new PlatformOptions(2, 1, Map.of(), 0))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("--cassandra-nodes 2");
        assertThatThrownBy(() -> PlatformOptions.smallest().withDatacenters(4))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("--datacenters 4");
        assertThatThrownBy(() -> new PlatformOptions(5, 2, 1, Map.of(), 0, null))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("at most 9 nodes");
        assertThatThrownBy(() -> new PlatformOptions(1, 1, Map.of("cassandra", 2), 0))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("order-service");
        assertThatThrownBy(() -> new PlatformOptions(1, 1, Map.of("gateway", 0), 0))
                .isInstanceOf(Complaint.class);
        assertThatThrownBy(() -> new PlatformOptions(1, 1, Map.of(), -1)).isInstanceOf(Complaint.class);
        assertThatThrownBy(() -> PlatformOptions.smallest().withTraces(URI.create("127.0.0.1/spans")))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("--traces 127.0.0.1/spans");
    }

    private List<Part> parts(PlatformOptions options) {
        return Topology.of(folders, options, secrets, new StartCaches(folders.home()));
    }

    private Map<String, String> environmentOf(String name, PlatformOptions options) {
        Part part = find(parts(options), name);
        fakeJar(part.service());
        return part.launch().get().environment();
    }

    private void fakeJar(String service) {
        Path jar = folders.home().jarOf(service);
        try {
            Files.createDirectories(jar.toAbsolutePath().getParent());
            try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(jar))) {
                zip.putNextEntry(new java.util.zip.ZipEntry("content"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String addressOf(List<Part> parts, String name) {
        return find(parts, name).endpoints().getFirst().toString();
    }

    private static Part find(List<Part> parts, String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
