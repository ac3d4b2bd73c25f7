package io.holdfast.storage.outbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ByteArrayResource;

import io.holdfast.journal.append.Journal;
import io.holdfast.journal.outbox.OutboxEntry;
import io.holdfast.journal.outbox.OutboxPartition;
import io.holdfast.journal.outbox.OutboxSettings;
import io.holdfast.journal.outbox.OutboxTable;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.record.StoredRecord;
import io.holdfast.local.fixture.CassandraServer;
import io.holdfast.local.fixture.LocalServers;
import io.holdfast.storage.migration.Migrations;
import io.holdfast.storage.session.BackgroundSession;
import io.holdfast.storage.session.GuardedCql;

/** On a real node; that a relay empties it into a real Kafka is a test of each service that keeps one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CassandraOutboxIT {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
    private static final OutboxSettings SETTINGS =
            new OutboxSettings(Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofMinutes(1));

    /** Of each test its own; all see the same tables. */
    private String instance = "notes-1";

    @SuppressWarnings("NullAway.Init")
    private ConfigurableApplicationContext service;

    @BeforeAll
    void start(@TempDir Path state) {
        CassandraServer cassandra = LocalServers.shared().cassandra();
        InetSocketAddress address = cassandra.address();
        String keyspace = "outbox_" + UUID.randomUUID().toString().replace("-", "");
        service = new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .properties("HOLDFAST_TRACES_URL=http://127.0.0.1:1/api/v2/spans")
                // There is no Kafka to wait for.
                .properties("holdfast.journal.overlay.ready-within=0s")
                .properties(Map.of(
                        "spring.main.banner-mode", "off",
                        "spring.cloud.config.enabled", "false",
                        "spring.cloud.bus.enabled", "false",
                        "spring.application.name", "notes",
                        "spring.cassandra.contact-points", address.getHostString() + ":" + address.getPort(),
                        "spring.cassandra.local-datacenter", cassandra.datacenter(),
                        "spring.kafka.bootstrap-servers", "127.0.0.1:1",
                        "holdfast.instance", "notes-1",
                        "holdfast.state-dir", state.toString(),
                        "logging.level.root", "error"))
                .run();
        BackgroundSession session = service.getBean(BackgroundSession.class);
        await().atMost(Duration.ofSeconds(60)).until(session::isConnected);
        new Migrations(keyspace, 1, List.of(new DefinitionAsAFile())).apply(session, List.of(cassandra.datacenter()));
    }

    @BeforeEach
    void beAnotherInstance() {
        instance = "notes-" + UUID.randomUUID();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void givesBackWhatWasAddedByStampAndIdOnePageAfterTheOther() {
        CassandraOutbox outbox = outbox(InstantSource.fixed(TEN));
        JournalRecord<Note> second = Note.saying("two", "a", 200);
        outbox.add(Note.saying("three", "b", 200));
        outbox.add(second);
        outbox.add(Note.saying("one", "c", 100));

        List<OutboxEntry> page = outbox.entries(minute(TEN), null, 2);
        List<OutboxEntry> rest = outbox.entries(minute(TEN), page.getLast(), 2);

        assertThat(page).extracting(OutboxEntry::id).containsExactly("c", "a");
        StoredRecord stored = service.getBean(Journal.class).stored(second);
        assertThat(page.getLast().record())
                .isEqualTo(new StoredRecord(
                        stored.topic(), stored.key(), page.getLast().record().headers(), stored.value()));
        assertThat(page.getLast().record().headers()).containsAllEntriesOf(stored.headers());
        assertThat(rest).extracting(OutboxEntry::id).containsExactly("b");
    }

    @Test
    void givesBackTheTraceARecordWasAddedIn() {
        CassandraOutbox outbox = outbox(InstantSource.fixed(TEN));
        Observation request = Observation.start("request", service.getBean(ObservationRegistry.class));
        request.scoped(() -> outbox.add(Note.saying("one", "a", 100)));
        request.stop();

        TracingContext tracing = request.getContext().getRequired(TracingContext.class);
        String traceId = requireNonNull(tracing.getSpan()).context().traceId();
        assertThat(outbox.entries(minute(TEN), null, 1)
                        .getFirst()
                        .record()
                        .headers()
                        .get("traceparent"))
                .contains(traceId);
    }

    @Test
    void listsTheMinutesOldestFirstAndForgetsOneWhole() {
        outbox(InstantSource.fixed(TEN.plusSeconds(60))).add(Note.saying("later", "a", 300));
        outbox(InstantSource.fixed(TEN.plusSeconds(59))).add(Note.saying("earlier", "b", 200));
        CassandraOutbox outbox = outbox(InstantSource.fixed(TEN));
        OutboxPartition earlier = minute(TEN);
        OutboxPartition later = minute(TEN.plusSeconds(60));
        assertThat(ownPartitions(outbox)).containsExactly(earlier, later);

        outbox.delete(earlier);

        assertThat(ownPartitions(outbox)).containsExactly(later);
        assertThat(outbox.entries(earlier, null, 10)).isEmpty();
        assertThat(outbox.entries(later, null, 10)).hasSize(1);
    }

    @Test
    void keepsARecordThatIsTooLargeForABatch() {
        CassandraOutbox outbox = outbox(InstantSource.fixed(TEN));

        outbox.add(Note.saying("x".repeat(200_000), "large", 100));

        assertThat(outbox.entries(minute(TEN), null, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.record().value()).hasSizeGreaterThan(200_000));
    }

    @Test
    void aWriterThatStoodStillLeavesTheRecordInALaterMinuteToo() {
        CassandraOutbox outbox = outbox(new Times(TEN, TEN.plusSeconds(76), TEN.plusSeconds(77)));

        outbox.add(Note.saying("late", "a", 100));

        assertThat(ownPartitions(outbox)).containsExactly(minute(TEN), minute(TEN.plusSeconds(60)));
        assertThat(outbox.entries(minute(TEN.plusSeconds(60)), null, 10)).hasSize(1);
    }

    private OutboxPartition minute(Instant at) {
        return new OutboxPartition(instance, at);
    }

    private List<OutboxPartition> ownPartitions(CassandraOutbox outbox) {
        return outbox.partitions().stream()
                .filter(partition -> partition.instance().equals(instance))
                .toList();
    }

    private CassandraOutbox outbox(InstantSource clock) {
        return new CassandraOutbox(
                instance, service.getBean(GuardedCql.class), service.getBean(Journal.class), SETTINGS, clock);
    }

    /** These times one after the other, the last one for ever. */
    private static final class Times implements InstantSource {

        private final Instant[] times;
        private int next;

        Times(Instant... times) {
            this.times = times;
        }

        @Override
        public Instant instant() {
            return times[Math.min(next++, times.length - 1)];
        }
    }

    /** The definition as a service takes it over into its migrations. */
    private static final class DefinitionAsAFile extends ByteArrayResource {

        DefinitionAsAFile() {
            super(OutboxTable.DEFINITION.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String getFilename() {
            return "V1__journal_outbox.cql";
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {

        @Bean
        RowType<Note> notes() {
            return Note.ROWS;
        }
    }
}
