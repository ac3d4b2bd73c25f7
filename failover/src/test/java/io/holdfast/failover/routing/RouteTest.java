package io.holdfast.failover.routing;

import static io.holdfast.failover.routing.SomeInstances.first;
import static io.holdfast.failover.routing.SomeInstances.inZone;
import static io.holdfast.failover.routing.SomeInstances.number;
import static io.holdfast.failover.routing.SomeInstances.startedAt;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.ServiceInstance;

import io.holdfast.failover.policy.Routing;
import io.holdfast.failover.routing.Readiness.Answer;
import io.holdfast.failover.routing.RouteView.InstanceView;
import io.holdfast.failover.routing.RouteView.Role;
import io.holdfast.failover.routing.RouteView.State;

/** Nobody is asked whether it is there or back: what is heard, the test says. */
@ExtendWith(OutputCaptureExtension.class)
class RouteTest {

    private static final String EJECTED =
            "instance ejected service=user-service instance=user-service-1 reason=java.net.ConnectException: refused";
    private static final String BACK = "instance is back service=user-service instance=user-service-1 by=";

    private final AtomicReference<Routing> policy = new AtomicReference<>(Routing.ROUND_ROBIN);
    private final Probes probes = new Probes();
    private long now = 1_000;
    private final Route route = new Route(
            SomeInstances.SERVICE,
            policy::get,
            "north",
            probes,
            new SimpleMeterRegistry(),
            () -> now++,
            new LastInstances(null));

    @BeforeEach
    void askNobody() {
        probes.close();
    }

    @Test
    void asksTheLastKnownWhenTheRegistryListsNobody() {
        chosen(first(3), 6, null);

        assertThat(chosen(List.of(), 6, null)).hasSize(3);
    }

    @Test
    void goesRound() {
        assertThat(chosen(first(3), 6, null)).hasSize(3);
    }

    @Test
    void goesRoundAmongTheRestWhileOneIsLeftAlone() {
        fail(first(3), 1);

        assertThat(chosen(first(3), 6, null)).containsExactly("user-service-2", "user-service-3");
    }

    @Test
    void staysInItsZoneUntilNobodyIsUpThere() {
        policy.set(Routing.ZONE);
        List<ServiceInstance> listed =
                List.of(inZone(1, "south"), inZone(2, "north"), inZone(3, "north"), inZone(4, "south"), number(5));

        assertThat(chosen(listed, 20, null)).containsExactly("user-service-2", "user-service-3");
        fail(listed, 2);
        assertThat(chosen(listed, 20, null)).containsExactly("user-service-3");
        fail(listed, 3);
        assertThat(chosen(listed, 20, null)).containsExactly("user-service-1", "user-service-4", "user-service-5");
    }

    @Test
    void keepsAUserAtAnInstance() {
        policy.set(Routing.CONSISTENT_HASH);

        assertThat(chosen(first(5), 20, "ada")).hasSize(1);
        assertThat(chosen(first(5), 20, null)).hasSize(5);
    }

    @Test
    void activePassiveGoesToTheFirstByIdAndReturnsToItWhenItIsBack() {
        policy.set(Routing.ACTIVE_PASSIVE);
        List<ServiceInstance> listed = first(3).reversed();

        assertThat(chosen(listed, 5, null)).containsExactly("user-service-1");
        Member lost = fail(listed, 1);
        assertThat(chosen(listed, 5, null)).containsExactly("user-service-2");
        route.heard(lost, Answer.READY);
        assertThat(chosen(listed, 5, null)).containsExactly("user-service-1");
    }

    @Test
    void hotStandbyGoesToWhoRunsLongestAndWhoWasStartedAgainStandsBy(CapturedOutput log) {
        policy.set(Routing.HOT_STANDBY);
        List<ServiceInstance> listed = List.of(startedAt(1, 300), startedAt(2, 100), startedAt(3, 200), number(4));

        assertThat(chosen(listed, 5, null)).containsExactly("user-service-2");
        fail(listed, 2);
        assertThat(chosen(listed, 5, null)).containsExactly("user-service-3");

        List<ServiceInstance> restarted = List.of(startedAt(1, 300), startedAt(2, 400), startedAt(3, 200), number(4));
        route.choose(restarted, null);
        route.heard(member(restarted, 2), Answer.READY);
        assertThat(chosen(restarted, 5, null)).containsExactly("user-service-3");

        assertThat(log.getOut().lines().filter(line -> line.contains("role changed")))
                .hasSize(2)
                .first()
                .asString()
                .endsWith("role changed service=user-service active=user-service-2 was=none");
        assertThat(log).containsOnlyOnce("active=user-service-3 was=user-service-2");
    }

    @Test
    void rolesAreShownOfWhoIsUp() {
        policy.set(Routing.ACTIVE_PASSIVE);
        fail(first(3), 1);

        assertThat(route.view())
                .isEqualTo(new RouteView(
                        "user-service",
                        "active-passive",
                        RouteView.Source.REGISTRY,
                        List.of(
                                new InstanceView("user-service-1", State.EJECTED, null, 0),
                                new InstanceView("user-service-2", State.UP, Role.ACTIVE, 0),
                                new InstanceView("user-service-3", State.UP, Role.STANDBY, 0))));
    }

    @Test
    void followsThePolicyFromTheNextChoiceOn() {
        assertThat(chosen(first(4), 8, "ada")).hasSize(4);

        policy.set(Routing.CONSISTENT_HASH);
        assertThat(chosen(first(4), 8, "ada")).hasSize(1);

        policy.set(Routing.ACTIVE_PASSIVE);
        assertThat(chosen(first(4), 8, "ada")).containsExactly("user-service-1");
        assertThat(route.view().instances()).extracting(InstanceView::role).contains(Role.ACTIVE);

        policy.set(Routing.ROUND_ROBIN);
        assertThat(chosen(first(4), 8, "ada")).hasSize(4);
        assertThat(route.view().instances()).extracting(InstanceView::role).containsOnlyNulls();
    }

    @ParameterizedTest
    @EnumSource(Routing.class)
    void asksAnotherOneAtOnceWhenOneHasFailed(Routing routing) {
        policy.set(routing);
        for (int i = 0; i < 4; i++) {
            Member failed = choose(first(5), "ada");
            fail(failed);

            assertThat(chosen(first(5), 10, "ada")).doesNotContain(failed.id());
        }
    }

    @ParameterizedTest
    @EnumSource(Routing.class)
    void triesAllInTurnWhenAllHaveFailed(Routing routing) {
        policy.set(routing);
        IntStream.rangeClosed(1, 3).forEach(number -> fail(first(3), number));

        assertThat(chosen(first(3), 6, "ada")).hasSize(3);
    }

    @Test
    void anAnswerLetsBackWhoWasTriedAlthoughAllHaveFailed() {
        fail(first(1), 1);

        Member tried = choose(first(1), null);
        Object request = new Object();
        route.began(request, tried.server());
        route.answered(request);

        assertThat(tried.isUp()).isTrue();
    }

    @Test
    void saysOnceWhoIsEjectedAndWhoIsBack(CapturedOutput log) {
        Member first = fail(first(2), 1);
        Object late = new Object();
        route.began(late, first.server());
        route.failed(late, new ConnectException("refused"));
        route.heard(first, Answer.READY);
        route.heard(first, Answer.READY);
        fail(first);
        Object trial = new Object();
        route.began(trial, first.server());
        route.answered(trial);

        assertThat(log.getOut().lines().filter(line -> line.contains("instance ")))
                .extracting(line -> line.substring(line.indexOf("instance ")))
                .containsExactly(EJECTED, BACK + "probe", EJECTED, BACK + "call");
    }

    @Test
    void oneCallTriesWhoIsThereButNotReadyForLong() {
        policy.set(Routing.ACTIVE_PASSIVE);
        fail(first(2), 1);
        now += Standing.TRIAL_AFTER.toNanos();

        assertThat(choose(first(2), null).id()).isEqualTo("user-service-1");
        assertThat(chosen(first(2), 10, null)).containsExactly("user-service-2");
    }

    @Test
    void noCallTriesWhoIsNotThere() {
        policy.set(Routing.ACTIVE_PASSIVE);
        Member lost = fail(first(2), 1);
        now += Standing.TRIAL_AFTER.toNanos();
        route.heard(lost, Answer.NONE);

        assertThat(chosen(first(2), 10, null)).containsExactly("user-service-2");
    }

    @Test
    void remembersWhoFailedWhenTheRegistryListsItAnew() {
        fail(List.of(startedAt(1, 5), number(2)), 1);

        assertThat(chosen(List.of(number(2), startedAt(1, 9)), 10, null)).containsExactly("user-service-2");
    }

    @Test
    void forgetsWhoIsNoLongerListed() {
        Member lost = fail(first(2), 1);
        choose(List.of(number(2)), null);

        assertThat(route.isEjected(lost)).isFalse();
        assertThat(chosen(first(2), 10, null)).hasSize(2);
    }

    @Test
    void choosesNobodyWhenNobodyIsListed() {
        assertThat(route.choose(List.of(), "ada")).isNull();
    }

    @Test
    void keepsThoseWarmThatStandByAndNobodyElse() {
        List<ServiceInstance> listed = List.of(startedAt(1, 300), startedAt(2, 100), startedAt(3, 200));
        choose(listed, null);
        assertThat(route.standbys()).isEmpty();
        assertThat(route.goesOnKeepingWarm()).isFalse();

        policy.set(Routing.HOT_STANDBY);
        assertThat(route.standbys()).extracting(Member::id).containsExactly("user-service-1", "user-service-3");
        assertThat(route.goesOnKeepingWarm()).isTrue();
    }

    private Set<String> chosen(List<ServiceInstance> listed, int times, @Nullable String key) {
        Set<String> ids = new TreeSet<>();
        IntStream.range(0, times).forEach(i -> ids.add(choose(listed, key).id()));
        return ids;
    }

    private Member choose(List<ServiceInstance> listed, @Nullable String key) {
        return Objects.requireNonNull(route.choose(listed, key));
    }

    private Member fail(List<ServiceInstance> listed, int number) {
        choose(listed, null);
        Member member = member(listed, number);
        fail(member);
        return member;
    }

    private void fail(Member member) {
        Object request = new Object();
        route.began(request, member.server());
        route.failed(request, new ConnectException("refused"));
        assertThat(member.isUp()).isFalse();
    }

    /** As the route sees it: with the standing it has there. */
    private Member member(List<ServiceInstance> listed, int number) {
        return Objects.requireNonNull(route.known("127.0.0.1:" + number), listed::toString);
    }
}
