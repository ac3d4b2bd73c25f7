package io.holdfast.failover.routing;

import static io.holdfast.failover.routing.SomeInstances.first;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.holdfast.failover.policy.Routing;
import io.holdfast.failover.routing.Readiness.Answer;

class RouteMetersTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicReference<Routing> policy = new AtomicReference<>(Routing.ACTIVE_PASSIVE);
    private final Probes probes = new Probes();
    private long now = 1_000;
    private final Route route =
            new Route(SomeInstances.SERVICE, policy::get, null, probes, meters, () -> now++, new LastInstances(null));

    @AfterEach
    void stop() {
        probes.close();
    }

    @Test
    void isThereAtZeroBeforeAnythingHappens() {
        assertThat(List.of(count("ejections"), count("returns"), count("promotions")))
                .containsOnly(0L);
        assertThat(List.of(instances("up"), instances("ejected"), roles("active"), roles("standby")))
                .containsOnly(0L);
    }

    @Test
    void countsWhoIsEjectedOnceAndWhoIsBack() {
        fail(1);
        fail(1);

        assertThat(count("ejections")).isEqualTo(1);
        assertThat(count("returns")).isZero();
        assertThat(List.of(instances("up"), instances("ejected"))).containsExactly(2L, 1L);

        route.heard(member(1), Answer.READY);

        assertThat(count("returns")).isEqualTo(1);
        assertThat(List.of(instances("up"), instances("ejected"))).containsExactly(3L, 0L);
    }

    @Test
    void aMistakeOfOursEjectsNobody() {
        choose();
        Object request = new Object();
        route.began(request, member(1).server());

        route.failed(request, new IllegalArgumentException("ours"));

        assertThat(count("ejections")).isZero();
        assertThat(List.of(instances("up"), instances("ejected"))).containsExactly(3L, 0L);
    }

    @Test
    void countsWhoBecomesActiveInThePlaceOfAnother() {
        choose();
        assertThat(count("promotions")).as("the first one takes nobody's place").isZero();

        fail(1);
        assertThat(count("promotions")).isEqualTo(1);
        route.heard(member(1), Answer.READY);
        assertThat(count("promotions")).isEqualTo(2);
    }

    @Test
    void tellsHowManyAreActiveAndStandBy() {
        fail(1);
        assertThat(List.of(roles("active"), roles("standby"))).containsExactly(1L, 1L);

        policy.set(Routing.ROUND_ROBIN);
        assertThat(List.of(roles("active"), roles("standby"))).containsExactly(0L, 0L);
    }

    @Test
    void namesTheServiceAndNoInstance() {
        fail(1);

        assertThat(meters.getMeters()).extracting(Meter::getId).allSatisfy(id -> {
            assertThat(id.getTag("dependency")).isEqualTo(SomeInstances.SERVICE);
            assertThat(id.getTags()).hasSizeLessThanOrEqualTo(2);
        });
    }

    private void choose() {
        assertThat(route.choose(first(3), null)).isNotNull();
    }

    private void fail(int number) {
        choose();
        Object request = new Object();
        route.began(request, member(number).server());
        route.failed(request, new ConnectException("refused"));
    }

    private Member member(int number) {
        return Objects.requireNonNull(route.known("127.0.0.1:" + number));
    }

    private long count(String what) {
        return (long) meters.get("holdfast.routing." + what).counter().count();
    }

    private long instances(String state) {
        return (long) meters.get("holdfast.routing.instances")
                .tag("state", state)
                .gauge()
                .value();
    }

    private long roles(String role) {
        return (long)
                meters.get("holdfast.routing.roles").tag("role", role).gauge().value();
    }
}
