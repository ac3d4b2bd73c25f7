package io.holdfast.journal.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import io.holdfast.journal.append.Journal;
import io.holdfast.journal.append.Position;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.topic.TopicsAtStart;
import io.holdfast.local.fixture.LocalServers;

/** An instance of a service with a journal, on a real Kafka. */
public final class Instance implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final RowType<Note> rows;

    private Instance(ConfigurableApplicationContext context, RowType<Note> rows) {
        this.context = context;
        this.rows = rows;
    }

    /** A journal nobody else uses. */
    public static RowType<Note> newJournal() {
        return RowType.first("notes-" + UUID.randomUUID(), "note", Note.class);
    }

    /** Starts one; the instances of a service have the same journal and tables. */
    public static Instance start(Path state, String name, NotesTable table, String... more) {
        return start(state, name, table.rows(), List.of(table), more);
    }

    /** Starts one that only appends. */
    public static Instance starting(Path state, String name, RowType<Note> rows, String... more) {
        return start(state, name, rows, List.of(), more);
    }

    /** Starts one with a bean of its own, which only appends. */
    public static Instance startingWith(Object bean, Path state, String name, RowType<Note> rows, String... more) {
        return start(state, name, rows, List.of(bean), more);
    }

    private static Instance start(Path state, String name, RowType<Note> rows, List<?> beans, String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "spring.application.name=" + rows.journal(),
                "spring.cloud.config.enabled=false",
                "spring.cloud.bus.enabled=false",
                "spring.main.banner-mode=off",
                "spring.kafka.bootstrap-servers="
                        + LocalServers.shared().kafka().bootstrapServers(),
                "spring.kafka.consumer.properties.session.timeout.ms=6000",
                "holdfast.instance=" + name,
                "holdfast.state-dir=" + state.resolve(name),
                "holdfast.journal.partitions=2",
                "holdfast.journal.give-up-after=2s",
                "holdfast.journal.apply.grace=20ms",
                "holdfast.journal.apply.pause=200ms",
                "holdfast.journal.apply.retry-delays=100ms,300ms",
                "failover.dependencies.kafka.timeout=3s",
                "failover.dependencies.kafka.circuit-breaker.enabled=false",
                "logging.level.root=warn",
                "logging.level.io.holdfast=info",
                "logging.level.org.apache.kafka=error"));
        properties.addAll(List.of(more));
        SpringApplicationBuilder builder = new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(properties.toArray(String[]::new))
                .initializers(fresh -> {
                    var factory = ((GenericApplicationContext) fresh).getBeanFactory();
                    factory.registerSingleton("rows", rows);
                    beans.forEach(
                            bean -> factory.registerSingleton(bean.getClass().getSimpleName(), bean));
                });
        return new Instance(builder.run(), rows);
    }

    public Position append(JournalRecord<?> record) {
        return bean(Journal.class).append(record);
    }

    /** Appends a note under a stamp of this instance's clock. */
    public JournalRecord<Note> append(String key, String id) {
        JournalRecord<Note> record = note(key, id);
        append(record);
        return record;
    }

    public JournalRecord<Note> note(String key, String id) {
        return JournalRecord.upsert(
                rows, key, id, Note.saying(id), bean(HybridClock.class).next());
    }

    public Instance awaitTopics() {
        try {
            bean(TopicsAtStart.class).awaitMade();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {}
}
