package io.holdfast.storage.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.data.annotation.Id;
import org.springframework.data.cassandra.core.CassandraTemplate;
import org.springframework.data.cassandra.core.InsertOptions;
import org.springframework.data.cassandra.core.mapping.Table;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.storage.session.GuardedCql;
import io.holdfast.storage.session.GuardedCql.Write;

/** What the policy says of Cassandra counts from the next statement on, over one session, with nodes killed and stopped. */
@DisabledIfSystemProperty(named = "backends", matches = "containers", disabledReason = "there is one node only")
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class PolicySessionsIT {

    private static final String CLAIM = "INSERT INTO note (id, text) VALUES (?, ?) IF NOT EXISTS";
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private static DatacentersUnderTest service;

    @Table("note")
    record Note(@Id UUID id, String text) {}

    @BeforeAll
    static void start() {
        service = new DatacentersUnderTest();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void healthy() {
        service.follow("timeout: 1s");
        service.awaitBothUp();
    }

    @Test
    void asksForAsManyAnswersAsThePolicySaysFromOneStatementToTheNext() {
        CqlSession session = service.session();
        CassandraTemplate template = service.bean(CassandraTemplate.class);
        SimpleStatement select = SimpleStatement.newInstance(DatacentersUnderTest.READ, service.id);

        service.away.pause();
        try {
            service.follow("timeout: 500ms, consistency: all");
            assertThatThrownBy(() -> session.execute(service.read())).isInstanceOf(DriverTimeoutException.class);
            assertThatThrownBy(() -> session.execute(select)).isInstanceOf(DriverTimeoutException.class);
            assertThat(session.executeAsync(service.write("all"))).failsWithin(RECOVERY);
            assertThatThrownBy(() -> template.insert(new Note(service.id, "all")))
                    .hasRootCauseInstanceOf(DriverTimeoutException.class);

            service.follow("timeout: 1s, consistency: local-one");
            assertThat(session.execute(service.read()).one()).isNotNull();
            assertThat(session.execute(select).one()).isNotNull();
            assertThat(session.executeAsync(service.write("one"))).succeedsWithin(RECOVERY);
            assertThat(template.insert(new Note(service.id, "one"))).isNotNull();
        } finally {
            service.away.resume();
        }
    }

    @Test
    void asksAFurtherNodeWhenThePolicySaysSo() {
        CqlSession session = service.session();
        CassandraTemplate template = service.bean(CassandraTemplate.class);
        InsertOptions repeatable = InsertOptions.builder().idempotent(true).build();
        SimpleStatement select = SimpleStatement.newInstance(DatacentersUnderTest.READ, service.id)
                .setIdempotent(true);
        template.insert(new Note(service.id, "kept"), repeatable);
        template.select(select, Note.class);
        BoundStatement read = service.read();

        service.home.pause();
        try {
            assertThatThrownBy(() -> session.execute(read)).isInstanceOf(DriverTimeoutException.class);

            service.follow("timeout: 1s, speculative-execution: { enabled: true, after: 50ms }");
            assertThat(DatacentersUnderTest.datacenter(session.execute(read))).isEqualTo("dc2");
            assertThat(template.select(select, Note.class)).hasSize(1);
            assertThat(template.insert(new Note(service.id, "kept"), repeatable))
                    .isNotNull();
            assertThatThrownBy(() -> session.execute(read.setIdempotent(false)))
                    .as("what may not be done twice")
                    .isInstanceOf(DriverTimeoutException.class);
        } finally {
            service.home.resume();
        }
    }

    @Test
    void asksAgainAndElsewhereOnlyForWhatMayBeDoneTwice() {
        GuardedCql cql = service.bean(GuardedCql.class);
        List<Write> together = List.of(Write.of(DatacentersUnderTest.WRITE, service.id, "together"));
        cql.writeOnceTogether(together);
        cql.read(DatacentersUnderTest.READ, service.id);

        service.home.pause();
        try {
            service.follow("timeout: 300ms, retry: { attempts: 2, backoff: 1ms }");
            assertThat(retriesOf(() -> cql.read(DatacentersUnderTest.READ, service.id)))
                    .isOne();
            assertThat(retriesOf(() -> cql.writeRepeatable(DatacentersUnderTest.WRITE, service.id, "twice")))
                    .isOne();
            assertThat(retriesOf(() -> cql.writeOnce(DatacentersUnderTest.WRITE, service.id, "once")))
                    .isZero();
            assertThat(retriesOf(() -> cql.writeOnceTogether(together))).isZero();

            service.follow(
                    "timeout: 1s, retry: { attempts: 1 }, speculative-execution: { enabled: true, after: 50ms }");
            assertThat(DatacentersUnderTest.datacenter(cql.read(DatacentersUnderTest.READ, service.id)))
                    .isEqualTo("dc2");
            assertThat(DatacentersUnderTest.datacenter(
                            cql.writeRepeatable(DatacentersUnderTest.WRITE, service.id, "twice")))
                    .isEqualTo("dc2");
            isNotAskedElsewhere(() -> cql.writeOnce(DatacentersUnderTest.WRITE, service.id, "once"));
            isNotAskedElsewhere(() -> cql.writeOnceTogether(together));
        } finally {
            service.home.resume();
        }
    }

    @Test
    void theDriverWaitsJustLongerThanTheGuard() {
        CqlSession session = service.session();
        BoundStatement read = service.read();

        service.home.pause();
        try {
            service.follow("timeout: 300ms");
            assertThat(millisOfFailing(() -> session.execute(read))).isBetween(395L, 1_000L);
            assertThat(millisOfFailing(() -> session.prepare("SELECT id FROM note WHERE id = ?")))
                    .isBetween(395L, 1_000L);
            service.follow("timeout: 1500ms");
            assertThat(millisOfFailing(() -> session.execute(read))).isBetween(1_595L, 2_500L);
        } finally {
            service.home.resume();
        }
    }

    @Test
    void asksTheDatacenterThePolicyNamesAndItsOwnWhenThereIsNoSuchOne() {
        CqlSession session = service.session();

        assertThat(DatacentersUnderTest.datacenter(session.execute(service.read())))
                .isEqualTo("dc1");
        service.follow("datacenter: { first: dc2 }");
        assertThat(DatacentersUnderTest.datacenter(session.execute(service.read())))
                .isEqualTo("dc2");
        service.follow("datacenter: { first: dc3, failover: false }");
        assertThat(DatacentersUnderTest.datacenter(session.execute(service.read())))
                .isEqualTo("dc1");
    }

    @Test
    void leavesADatacenterThatSaysItHasTooFewCopies() {
        CqlSession session = service.session();
        session.execute(SimpleStatement.newInstance("CREATE KEYSPACE IF NOT EXISTS storage_thin WITH replication ="
                        + " {'class': 'NetworkTopologyStrategy', 'dc1': 2, 'dc2': 1}")
                .setTimeout(RECOVERY));
        session.execute(SimpleStatement.newInstance("CREATE TABLE IF NOT EXISTS storage_thin.t (id int PRIMARY KEY)")
                .setTimeout(RECOVERY));
        SimpleStatement read = SimpleStatement.newInstance("SELECT id FROM storage_thin.t WHERE id = 1")
                .setIdempotent(true);

        // Agreement may be told by a node that has not heard of the change itself: an answer shows that both know the
        // table.
        await().atMost(RECOVERY)
                .ignoreExceptionsInstanceOf(InvalidQueryException.class)
                .untilAsserted(() -> assertThat(DatacentersUnderTest.datacenter(session.execute(read)))
                        .isEqualTo("dc2"));
        assertThatThrownBy(() -> session.execute(read.setIdempotent(false))).isInstanceOf(UnavailableException.class);
        service.follow("datacenter: { failover: false }");
        assertThatThrownBy(() -> session.execute(read)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void goesToTheOtherDatacenterWhenItsOwnIsLostAndComesHomeWhenItIsBack() {
        CqlSession session = service.session();
        GuardedCql cql = service.bean(GuardedCql.class);
        service.home.kill();

        await("a lost node is known to be lost").atMost(RECOVERY).untilAsserted(() -> {
            service.follow("timeout: 1s, datacenter: { failover: false }");
            assertThatThrownBy(() -> session.execute(service.read())).isInstanceOf(AllNodesFailedException.class);
        });
        service.follow("timeout: 1s");
        assertThat(DatacentersUnderTest.datacenter(session.execute(service.read())))
                .isEqualTo("dc2");
        assertThat(DatacentersUnderTest.datacenter(session.execute(service.write("meanwhile"))))
                .isEqualTo("dc2");

        UUID claimed = UUID.randomUUID();
        assertThatThrownBy(() -> cql.writeRepeatable(CLAIM, claimed, "decided by both"))
                .isInstanceOf(DependencyUnavailableException.class);
        assertThatThrownBy(() -> cql.readSerial(DatacentersUnderTest.READ, claimed))
                .isInstanceOf(DependencyUnavailableException.class);
        service.follow("timeout: 1s, serial-consistency: local-serial");
        assertThat(cql.writeRepeatable(CLAIM, claimed, "decided by one").wasApplied())
                .isTrue();
        assertThat(cql.readSerial(DatacentersUnderTest.READ, claimed).one()).isNotNull();

        service.home.start();
        await().atMost(RECOVERY)
                .ignoreExceptions()
                .until(() -> "dc1".equals(DatacentersUnderTest.datacenter(session.execute(service.read()))));
    }

    /** How often a call that gets no answer is made again. */
    private static void isNotAskedElsewhere(Runnable write) {
        assertThatThrownBy(write::run)
                .isInstanceOfSatisfying(
                        DependencyUnavailableException.class,
                        unavailable -> assertThat(unavailable.reason()).isEqualTo(Reason.TIMEOUT));
    }

    private static int retriesOf(Runnable call) {
        Counter retries = service.bean(MeterRegistry.class)
                .get("holdfast.guard.retries")
                .tag("dependency", "cassandra")
                .counter();
        double before = retries.count();
        assertThatThrownBy(call::run).isInstanceOf(DependencyUnavailableException.class);
        return (int) (retries.count() - before);
    }

    private static long millisOfFailing(Runnable call) {
        long began = System.nanoTime();
        assertThatThrownBy(call::run).isInstanceOf(DriverTimeoutException.class);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }
}
