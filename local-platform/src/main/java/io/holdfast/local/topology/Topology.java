package io.holdfast.local.topology;

import static io.holdfast.local.topology.Addresses.CASSANDRA;
import static io.holdfast.local.topology.Addresses.KAFKA;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import io.holdfast.local.cache.StartCaches;
import io.holdfast.local.process.Launch;
import io.holdfast.local.process.Tools;
import io.holdfast.local.secret.Secrets;
import io.holdfast.local.server.CassandraNode;
import io.holdfast.local.server.JavaHome;
import io.holdfast.local.server.KafkaBroker;

/** The whole platform on one page: what runs, what it needs, what it waits for. */
public final class Topology {
    /** Services of which several may run. */
    public static final List<String> REPEATABLE = List.of("gateway", "user-service", "order-service", "backup-service");

    /** Its work must not keep customers waiting. */
    private static final String YIELDING = "backup-service";

    /** Readiness of a service: it answers, whether its dependencies do or not. */
    private static final String READINESS = "/actuator/health/readiness";

    private final Folders folders;
    private final PlatformOptions options;
    private final Addresses addresses;
    private final StartCaches caches;
    private final ServiceEnvironment environment;
    private final List<Part> parts = new ArrayList<>();

    private Topology(Folders folders, PlatformOptions options, Secrets secrets, StartCaches caches) {
        this.folders = folders;
        this.options = options;
        this.addresses = new Addresses(options);
        this.caches = caches;
        this.environment = new ServiceEnvironment(folders, options, addresses, secrets);
    }

    /** Every process of a platform. */
    public static List<Part> of(Folders folders, PlatformOptions options, Secrets secrets, StartCaches caches) {
        Topology topology = new Topology(folders, options, secrets, caches);
        topology.describe();
        return List.copyOf(topology.parts);
    }

    private void describe() {
        cassandra();
        kafka();
        service("discovery-service").startsAtOnce();
        service("config-service").needs(KAFKA).waitsFor("discovery-service");

        service("user-service").needs(CASSANDRA, KAFKA).waitsFor("discovery-service", "config-service");
        service("order-service").needs(CASSANDRA, KAFKA).waitsFor("discovery-service", "config-service");
        service("backup-service").needs(CASSANDRA, KAFKA).waitsFor("discovery-service", "config-service");
        service("gateway")
                .needs(KAFKA, "user-service", "order-service", "backup-service")
                .waitsFor("discovery-service", "config-service");
    }

    private void cassandra() {
        for (int number = 1; number <= options.allCassandraNodes(); number++) {
            CassandraNode node = addresses.cassandraNode(number, folders.dataOf(CASSANDRA + "-" + number));
            Endpoint cql = new Endpoint(node.address(), node.cqlPort());
            parts.add(new Part(
                    node.name(),
                    CASSANDRA,
                    List.of(
                            cql,
                            new Endpoint(node.address(), node.storagePort()),
                            new Endpoint("127.0.0.1", node.jmxPort())),
                    List.of(),
                    List.of(),
                    Optional::empty,
                    () -> node.launch(
                            folders.home().libraryOf(CASSANDRA),
                            JavaHome.forCassandra(),
                            caches.optionsForCassandra(),
                            folders.logOf(node.name())),
                    Probe.accepts(cql),
                    folders.logOf(node.name()),
                    false));
        }
    }

    private void kafka() {
        for (int number = 1; number <= options.kafkaBrokers(); number++) {
            KafkaBroker broker = addresses.kafkaBroker(number, folders.dataOf(KAFKA + "-" + number));
            Endpoint clients = new Endpoint(broker.address(), broker.port());
            var library = folders.home().libraryOf(KAFKA);
            var log = folders.logOf(broker.name());
            parts.add(new Part(
                    broker.name(),
                    KAFKA,
                    List.of(clients, new Endpoint(broker.address(), broker.controllerPort())),
                    List.of(),
                    List.of(),
                    () -> broker.preparation(library, JavaHome.current(), log),
                    () -> broker.launch(library, JavaHome.current(), caches.optionsForKafka(), log),
                    Probe.accepts(clients),
                    log,
                    false));
        }
    }

    private Launch launch(String service, int number) {
        String name = service + "-" + number;
        Map<String, String> variables = environment.of(service, number);
        Path testJar = options.testJars().get(service);
        Launch launch = testJar == null
                ? caches.launch(service, name, variables, folders.dataOf(name), folders.logOf(name))
                : caches.launchWith(testJar, service, name, variables, folders.dataOf(name), folders.logOf(name));
        return service.equals(YIELDING) ? launch.prefixedBy(Tools.lowPriority()) : launch;
    }

    private ServiceLine service(String service) {
        return new ServiceLine(service);
    }

    /** One line of {@link #describe()}; its last word adds the service's instances. */
    private final class ServiceLine {
        private final String service;
        private List<String> needs = List.of();

        ServiceLine(String service) {
            this.service = service;
        }

        ServiceLine needs(String... services) {
            needs = List.of(services);
            return this;
        }

        void startsAtOnce() {
            waitsFor();
        }

        void waitsFor(String... services) {
            IntStream.rangeClosed(1, options.instancesOf(service)).forEach(number -> add(number, List.of(services)));
        }

        private void add(int number, List<String> waitsFor) {
            Endpoint endpoint = addresses.service(service, number);
            String name = service + "-" + number;
            List<String> all = new ArrayList<>(needs);
            all.addAll(waitsFor);
            parts.add(new Part(
                    name,
                    service,
                    List.of(endpoint),
                    all,
                    waitsFor,
                    () -> caches.unpacking(service, name, folders.dataOf(name), folders.logOf(name)),
                    () -> launch(service, number),
                    Probe.answersOk(endpoint, READINESS),
                    folders.logOf(name),
                    service.equals(YIELDING)));
        }
    }
}
