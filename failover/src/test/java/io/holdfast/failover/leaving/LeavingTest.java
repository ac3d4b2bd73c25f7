package io.holdfast.failover.leaving;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.holdfast.failover.leaving.Leaving.Reason;

/** Time passes only while the leaving instance waits. */
class LeavingTest {

    private static final LeavingProperties SETTINGS = new LeavingProperties(ofSeconds(4), ofSeconds(8));

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final RegistryByHand registry = new RegistryByHand(told -> {});
    private final Map<Duration, Runnable> events = new TreeMap<>();
    private Duration passed = Duration.ZERO;

    @Test
    void servesOnUntilTheSlowestCallerKnows() throws InterruptedException {
        assertThat(leave(SETTINGS)).isEqualTo(Reason.CALLERS_KNOW);

        assertThat(passed).isEqualTo(ofSeconds(4));
    }

    @Test
    void countsFromWhenTheRegistryKnows() throws InterruptedException {
        registry.learnsNothing();
        after(ofMillis(1500), registry::learnsIt);

        assertThat(leave(SETTINGS)).isEqualTo(Reason.CALLERS_KNOW);

        assertThat(passed).isEqualTo(ofMillis(5500));
    }

    @Test
    void endsAtOnceWithoutAnotherInstanceToTakeOver() throws InterruptedException {
        registry.lists(0);

        assertThat(leave(SETTINGS)).isEqualTo(Reason.NOBODY_ELSE);

        assertThat(passed).isZero();
    }

    @Test
    void waitsForAnotherInstanceThatIsAboutToBeReady() throws InterruptedException {
        registry.listsOneThatStarts(true);
        after(ofSeconds(2), () -> registry.listsOneThatStarts(false));

        assertThat(leave(SETTINGS)).isEqualTo(Reason.CALLERS_KNOW);

        assertThat(passed).isEqualTo(ofSeconds(6));
    }

    @Test
    void endsWhenTheOthersLeaveTooAsInAStopOfAll() throws InterruptedException {
        after(ofMillis(250), () -> registry.lists(0));

        assertThat(leave(SETTINGS)).isEqualTo(Reason.NOBODY_ELSE);

        assertThat(passed).isEqualTo(ofMillis(250));
    }

    @Test
    void doesNotWaitForARegistryThatGivesNoAnswer() throws InterruptedException {
        registry.isSilent(true);

        assertThat(leave(SETTINGS)).isEqualTo(Reason.NO_REGISTRY);

        assertThat(passed).isEqualTo(Leaving.REGISTRY_SILENT);
    }

    @Test
    void aRegistryThatMissesAQuestionIsAskedAgain() throws InterruptedException {
        after(ofSeconds(1), () -> registry.isSilent(true));
        after(ofSeconds(2), () -> registry.isSilent(false));

        assertThat(leave(SETTINGS)).isEqualTo(Reason.CALLERS_KNOW);

        assertThat(passed).isEqualTo(ofSeconds(4));
    }

    @Test
    void servesOnWhileACallerStillCalls() throws InterruptedException {
        callsUntil(ofSeconds(6));

        assertThat(leave(SETTINGS)).isEqualTo(Reason.CALLERS_KNOW);

        assertThat(passed).isEqualTo(ofMillis(6500));
    }

    @Test
    void isNotKeptByWhoAsksHowItIs() throws InterruptedException {
        for (int quarter = 1; quarter < 40; quarter++) {
            after(ofMillis(250L * quarter), () -> answered("/actuator/health/readiness"));
        }

        assertThat(leave(SETTINGS)).isEqualTo(Reason.CALLERS_KNOW);

        assertThat(passed).isEqualTo(ofSeconds(4));
    }

    @Test
    void endsInTheEndAlthoughItIsCalled() throws InterruptedException {
        callsUntil(ofSeconds(20));

        assertThat(leave(SETTINGS)).isEqualTo(Reason.STILL_CALLED);

        assertThat(passed).isEqualTo(ofSeconds(8));
    }

    @Test
    void endsAtOnceWhereNoTimeIsGiven() throws InterruptedException {
        assertThat(leave(new LeavingProperties(ofSeconds(4), Duration.ZERO))).isEqualTo(Reason.STILL_CALLED);

        assertThat(passed).isZero();
    }

    @Test
    void takesNoNegativeTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeavingProperties(ofSeconds(-1), ofSeconds(8)))
                .withMessageContaining("holdfast.leaving");
    }

    private Reason leave(LeavingProperties settings) throws InterruptedException {
        registry.offer(false);
        Leaving leaving = new Leaving(settings, registry, new Requests(meters), () -> passed.toNanos(), this::pass);
        return leaving.untilNobodyCalls();
    }

    private void callsUntil(Duration end) {
        for (Duration at = ofMillis(250); at.compareTo(end) <= 0; at = at.plusMillis(250)) {
            after(at, () -> answered("/api/orders"));
        }
    }

    private void answered(String uri) {
        meters.timer("http.server.requests", "uri", uri).record(ofMillis(3));
    }

    private void after(Duration time, Runnable event) {
        Runnable before = events.getOrDefault(time, () -> {});
        events.put(time, () -> {
            before.run();
            event.run();
        });
    }

    private void pass(Duration time) {
        passed = passed.plus(time);
        List<Duration> due =
                events.keySet().stream().filter(at -> at.compareTo(passed) <= 0).toList();
        due.forEach(at -> Objects.requireNonNull(events.remove(at)).run());
    }
}
