package io.holdfast.system.observability;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.holdfast.system.Customer;
import io.holdfast.system.Door;
import io.holdfast.system.Door.Reply;
import io.holdfast.system.Orders;
import io.holdfast.system.PlatformUnderTest;
import io.holdfast.system.RunningPlatform;
import io.holdfast.system.observability.Trace.Span;

/** One request is one trace, over HTTP, Kafka and Cassandra; and the store of traces may die at any time. */
@Tag("long")
class TraceIT {

    private static final String CALLER = "00f067aa0ba902b7";
    private static final List<String> EXPORTING =
            List.of("gateway-1", "order-service-1", "user-service-1", "backup-service-1", "config-service-1");

    private static RunningPlatform platform;
    private static ZipkinServer zipkin;

    @BeforeAll
    static void everyTraceIsKept() throws IOException {
        platform = PlatformUnderTest.get();
        zipkin = ZipkinServer.start(PlatformUnderTest.traces());
        keep("1.0");
        awaitTraces();
    }

    @AfterAll
    static void end() throws IOException {
        keep("0.1");
        zipkin.close();
    }

    @Test
    void anOrderIsOneTraceFromTheGatewayToTheStatementsOfBothServices() {
        Customer customer = PlatformUnderTest.customer();
        assertThat(place(customer, newTraceId()).status()).isEqualTo(201);
        String traceId = newTraceId();

        assertThat(place(customer, traceId).status()).isEqualTo(201);

        await().atMost(ofSeconds(30)).untilAsserted(() -> {
            Trace trace = zipkin.trace(traceId);
            Span atGateway = trace.only("gateway", "SERVER http post /api/orders");
            Span forwarded = trace.only("gateway", "CLIENT http post");
            Span atOrders = trace.only("order-service", "SERVER http post /api/orders");
            Span asked = trace.only("order-service", "CLIENT http put");
            Span atUsers = trace.only("user-service", "SERVER http put /internal/credits/");
            assertThat(atGateway.parentId()).isEqualTo(CALLER);
            assertThat(forwarded.isChildOf(atGateway)).isTrue();
            assertThat(atOrders.isChildOf(forwarded)).isTrue();
            assertThat(asked.isChildOf(atOrders)).isTrue();
            assertThat(atUsers.isChildOf(asked)).isTrue();
            assertThat(trace.all("user-service", "CLIENT begin"))
                    .as("statements that reserve the credit")
                    .hasSize(1)
                    .allMatch(
                            span -> span.isChildOf(atUsers) && span.statement().contains("UPDATE credits SET"));
            assertThat(trace.all("order-service", "CLIENT insert"))
                    .as("statements that write the order")
                    .hasSize(3)
                    .allMatch(
                            span -> span.isChildOf(atOrders) && span.statement().contains("?,"));
            assertThat(atOrders.tags()).containsEntry("instance", "order-service-1");
        });
        assertThat(zipkin.trace(traceId).spans())
                .as("nothing a caller sent, and no token")
                .flatExtracting(span -> span.tags().values())
                .noneMatch(value -> value.contains("heart")
                        || value.contains("85123A")
                        || value.contains("Bearer")
                        || value.contains(customer.userName()));
    }

    @Test
    void aBackupRunsInTheTraceOfTheRequestThatAskedForIt() {
        Door operator = PlatformUnderTest.operator();
        String traceId = newTraceId();

        Reply asked = operator.post("/api/backups", Map.of(), traceparent(traceId));

        assertThat(asked.status()).isEqualTo(202);
        String job = asked.text("id");
        await().atMost(ofSeconds(60))
                .until(() -> operator.get("/api/jobs/" + job).text("state").equals("SUCCEEDED"));
        await().atMost(ofSeconds(30)).untilAsserted(() -> {
            Trace trace = zipkin.trace(traceId);
            Span atGateway = trace.only("gateway", "SERVER http post /api/backups");
            Span atBackups = trace.only("backup-service", "SERVER http post /api/backups");
            Span sent = trace.only("backup-service", "PRODUCER backup.jobs send");
            Span taken = trace.only("backup-service", "CONSUMER backup.jobs");
            Span done = trace.only("backup-service", "LOCAL job backup");
            assertThat(atGateway.parentId()).isEqualTo(CALLER);
            assertThat(sent.isChildOf(atBackups)).isTrue();
            assertThat(taken.isChildOf(sent)).isTrue();
            assertThat(done.isChildOf(taken)).isTrue();
            assertThat(done.tags()).containsEntry("job.id", job);
            assertThat(trace.all("backup-service", "CLIENT select"))
                    .as("a page read from the table of orders")
                    .anyMatch(
                            span -> span.isChildOf(done) && span.statement().contains("FROM holdfast_orders.orders "));
            assertThat(trace.all("backup-service", "PRODUCER backup.events send"))
                    .as("states told while it runs")
                    .isNotEmpty()
                    .allMatch(span -> span.isChildOf(done));
        });
        assertThat(platform.logOf("backup-service-1").lines().filter(line -> line.contains("job_ended id=" + job)))
                .singleElement()
                .asString()
                .contains("[" + traceId + "]");
    }

    @Test
    void aSavedPolicyIsOneTraceToEveryInstance() throws IOException {
        Files.writeString(
                platform.config().resolve("failover.yml"), "\n# saved by a test\n", StandardOpenOption.APPEND);

        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(zipkin.traces("config-service", "springcloudbus send"))
                        .anySatisfy(trace -> {
                            Span sent = trace.only("config-service", "PRODUCER springCloudBus send");
                            for (String service : List.of(
                                    "config-service", "gateway", "order-service", "user-service", "backup-service")) {
                                assertThat(trace.only(service, "CONSUMER springCloudBus receive")
                                                .isChildOf(sent))
                                        .isTrue();
                            }
                        }));
    }

    @Test
    void whatNobodyAskedForIsInNoTrace() {
        assertThat(zipkin.traces("config-service", "http get /versions/current"))
                .as("each instance asks for its configuration every few seconds")
                .isEmpty();
        assertThat(zipkin.traces("gateway", "http get /actuator/health/readiness"))
                .isEmpty();
    }

    @Test
    void ordersGoOnWhenTheStoreOfTracesIsKilled() {
        Customer customer = PlatformUnderTest.customer();
        Map<String, Integer> before = new java.util.HashMap<>();
        EXPORTING.forEach(part -> before.put(part, platform.logOf(part).length()));
        List<Reply> replies = new ArrayList<>();

        zipkin.kill();
        for (int i = 0; i < 30; i++) {
            replies.add(place(customer, newTraceId()));
        }

        assertThat(replies).allMatch(reply -> reply.status() == 201);
        await().atMost(ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(since(before, "order-service-1")).anyMatch(TraceIT::saysAway));
        zipkin.close();
        zipkin = ZipkinServer.start(PlatformUnderTest.traces());
        awaitTraces();
        for (String part : EXPORTING) {
            List<String> logged = since(before, part);
            assertThat(logged).noneMatch(line -> line.contains(" ERROR ") || line.contains(" WARN "));
            assertThat(logged.stream().filter(TraceIT::saysAway)).hasSizeLessThanOrEqualTo(1);
        }
    }

    private static boolean saysAway(String line) {
        return line.contains("trace store away");
    }

    private static List<String> since(Map<String, Integer> before, String part) {
        return platform.logOf(part)
                .substring(before.getOrDefault(part, 0))
                .lines()
                .toList();
    }

    private static void keep(String probability) throws IOException {
        Path file = platform.config().resolve("application.yml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst("sampling\\.probability: [0-9.]+", "sampling.probability: " + probability));
    }

    /** The change has reached every service, and the store has what they send. */
    private static void awaitTraces() {
        Customer customer = PlatformUnderTest.customer();
        List<String> sent = new ArrayList<>();
        await().atMost(ofSeconds(60)).pollInterval(ofSeconds(1)).until(() -> {
            String traceId = newTraceId();
            place(customer, traceId, Orders.tooLarge());
            sent.add(traceId);
            return sent.stream()
                    .map(zipkin::trace)
                    .anyMatch(trace -> !trace.all("gateway", "SERVER").isEmpty()
                            && !trace.all("user-service", "SERVER").isEmpty());
        });
    }

    private static Reply place(Customer customer, String traceId) {
        return place(customer, traceId, Orders.order(1, "0.010"));
    }

    private static Reply place(Customer customer, String traceId, Map<String, Object> order) {
        return customer.door().post("/api/orders", order, traceparent(traceId));
    }

    /** Of a caller who does not keep his own span: what is kept is the gateway's to decide. */
    private static Map<String, String> traceparent(String traceId) {
        return Map.of("traceparent", "00-%s-%s-00".formatted(traceId, CALLER));
    }

    private static String newTraceId() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
