package io.holdfast.failover.routing;

import static io.holdfast.failover.routing.SomeInstances.SERVICE;
import static io.holdfast.failover.routing.SomeInstances.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.cloud.client.ServiceInstance;

import io.holdfast.failover.policy.Routing;
import io.holdfast.failover.routing.RouteView.Source;

class LastInstancesTest {

    @TempDir
    Path folder;

    @Test
    void aProcessThatIsStartedWithoutTheRegistryAsksWhomItKnewBefore() {
        route(folder).choose(first(2), null);
        awaitKept(2);

        Route later = route(folder);

        assertThat(later.choose(List.of(), null)).extracting(Member::id).isIn("user-service-1", "user-service-2");
        assertThat(later.view().source()).isEqualTo(Source.LAST_KNOWN);
        assertThat(later.view().instances()).hasSize(2);
    }

    @Test
    void theRegistryTakesOverAsSoonAsItListsAny() {
        route(folder).choose(first(2), null);
        awaitKept(2);
        Route later = route(folder);
        later.choose(List.of(), null);

        later.choose(first(3), null);

        assertThat(later.view().source()).isEqualTo(Source.REGISTRY);
        assertThat(later.view().instances()).hasSize(3);
        awaitKept(3);
    }

    @Test
    void whatAnInstanceSaysOfItselfIsKept() {
        ServiceInstance north = SomeInstances.inZone(1, "north");
        route(folder).choose(List.of(north), null);
        awaitKept(1);

        ServiceInstance known = new LastInstances(folder).of(SERVICE).getFirst();

        assertThat(Member.isSame(known, north)).isTrue();
    }

    @Test
    void aFileThatCannotBeReadIsNoReasonNotToStart() throws IOException {
        Files.writeString(folder.resolve(LastInstances.NAME), "{\"user-service\": [");

        Route route = route(folder);

        assertThat(route.choose(List.of(), null)).isNull();
        assertThat(route.choose(first(1), null)).isNotNull();
        awaitKept(1);
    }

    @Test
    void aProcessWithoutAFolderKeepsNothing() {
        Route route = new Route(
                SERVICE,
                () -> Routing.ROUND_ROBIN,
                null,
                new Probes(),
                new SimpleMeterRegistry(),
                System::nanoTime,
                new LastInstances(null));

        assertThat(route.choose(List.of(), null)).isNull();
        assertThat(route.choose(first(1), null)).isNotNull();
    }

    private static Route route(Path folder) {
        return new Route(
                SERVICE,
                () -> Routing.ROUND_ROBIN,
                null,
                new Probes(),
                new SimpleMeterRegistry(),
                System::nanoTime,
                new LastInstances(folder));
    }

    private void awaitKept(int count) {
        await().atMost(Duration.ofSeconds(5))
                .until(() -> new LastInstances(folder).of(SERVICE).size() == count);
    }
}
