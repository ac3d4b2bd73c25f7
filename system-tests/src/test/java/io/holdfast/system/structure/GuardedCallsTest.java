package io.holdfast.system.structure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import org.junit.jupiter.api.Test;

/** No service calls another process but through a guard. */
class GuardedCallsTest {

    private static final JavaClasses SERVICES = House.allClasses()
            .that(not(resideInAnyPackage(
                    House.LOCAL_PLATFORM.packages(), House.CONTAINER_SERVERS.packages(), House.BENCHMARKS.packages())));

    /** Who calls without a guard, and why it does not need one. */
    private static final Map<String, String> WITHOUT = Map.of(
            "io.holdfast.storage.session.BackgroundSession", "is the session; whoever calls it is looked at",
            "io.holdfast.storage.migration.Migrations",
                    "runs on the session's own thread, before any call is let through",
            "io.holdfast.failover.bus.KafkaBus", "sends on a thread of its own; what is lost is learnt by asking",
            "io.holdfast.failover.bus.BusTopic", "asks on the bus's own thread, again and again",
            "io.holdfast.journal.overlay.AppliedOffsets",
                    "asks on the overlay's own thread, again and again; who waits for its answer waits for a bounded time",
            "io.holdfast.failover.routing.Readiness", "asks whether an instance answers; an open breaker would hide it",
            "io.holdfast.gateway.platform.Platform", "asks who does not answer; an open breaker would hide the living");

    @Test
    void everyCallOfAnotherProcessGoesThroughAGuard() {
        assertThat(GuardedCalls.missing(SERVICES).stream()
                        .filter(call ->
                                !WITHOUT.containsKey(call.getOriginOwner().getName()))
                        .map(JavaAccess::getDescription))
                .isEmpty();
    }

    @Test
    void whoIsSaidToNeedNoGuardHasNone() {
        Set<String> unguarded = GuardedCalls.missing(SERVICES).stream()
                .map(call -> call.getOriginOwner().getName())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unguarded).containsAll(WITHOUT.keySet());
    }

    @Test
    void theRepositoryIsReachedThroughItsGuard() {
        JavaClasses guard = SERVICES.that(name("io.holdfast.backup.repository.GuardedBlobStore"));

        assertThat(guard).hasSize(1);
        assertThat(GuardedCalls.missing(
                        guard, type -> type.getName().equals("io.holdfast.backup.repository.BlobStore")))
                .isEmpty();
        for (String store :
                Set.of("io.holdfast.backup.repository.FolderBlobStore", "io.holdfast.backup.s3.S3BlobStore")) {
            codeUnits()
                    .that(callConstructorOf(store))
                    .and(not(describe(
                            "its own", unit -> unit.getOwner().getName().equals(store))))
                    .should(ArchCondition.from(callConstructorOf("io.holdfast.backup.repository.GuardedBlobStore")))
                    .check(SERVICES);
        }
    }

    @Test
    void everyRouteThroughTheGatewayHasAGuard() {
        codeUnits()
                .that(call("org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions", "http"))
                .should(ArchCondition.from(callConstructorOf("io.holdfast.gateway.routing.GuardedRoute")))
                .check(SERVICES);
    }

    @Test
    void aCallWithoutAGuardIsFound() {
        JavaClasses offender = new ClassFileImporter().importClasses(Asker.class);

        assertThat(GuardedCalls.missing(offender))
                .singleElement()
                .satisfies(call -> assertThat(call.getDescription()).contains("Asker.ask("));
    }

    private static DescribedPredicate<JavaCodeUnit> callConstructorOf(String type) {
        return call(type, JavaConstructor.CONSTRUCTOR_NAME);
    }

    private static DescribedPredicate<JavaCodeUnit> call(String type, String name) {
        return describe(
                "call " + type + "." + name,
                unit -> unit.getCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().getName().equals(type)
                                && call.getName().equals(name)));
    }

    /** Breaks the rule on purpose, to show that it can fail. */
    static final class Asker {
        private final HttpClient http = HttpClient.newHttpClient();

        HttpResponse<Void> ask(URI door) throws IOException, InterruptedException {
            return http.send(HttpRequest.newBuilder(door).build(), BodyHandlers.discarding());
        }
    }
}
