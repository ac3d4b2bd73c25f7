package io.holdfast.system.observability;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.holdfast.local.fixture.LocalPlatform;
import io.holdfast.local.secret.ServiceSecrets;
import io.holdfast.local.supervision.PartStatus;
import io.holdfast.system.Customer;
import io.holdfast.system.Door;
import io.holdfast.system.Orders;
import io.holdfast.system.PlatformUnderTest;
import io.holdfast.system.ProcessPlatform;
import io.holdfast.system.Shell;

/** The platform under test with a Prometheus that reads it. */
record WatchedPlatform(LocalPlatform platform, PrometheusServer prometheus, Path folder) implements AutoCloseable {

    /**
     * Starts a Prometheus for the platform under test.
     *
     * @param folder an empty one for its data
     */
    static WatchedPlatform start(Path folder) throws IOException {
        Deployed.requireTool("prometheus");
        assumeThat(PlatformUnderTest.get())
                .as("processes: in containers only the gateway's port can be read from outside")
                .isInstanceOf(ProcessPlatform.class);
        LocalPlatform platform = ((ProcessPlatform) PlatformUnderTest.get()).platform();
        Map<String, String> targets = new TreeMap<>();
        for (PartStatus part : platform.status()) {
            if (ServiceSecrets.SERVICES.contains(part.service())) {
                targets.put(part.name(), part.endpoints().getFirst());
            }
        }
        PrometheusServer prometheus =
                PrometheusServer.start(folder, targets, platform.secrets().metricsPassword());
        await().atMost(ofSeconds(60)).until(prometheus::isReady);
        await().atMost(ofSeconds(60)).until(() -> prometheus.query("up == 1").size() == targets.size());
        return new WatchedPlatform(platform, prometheus, folder);
    }

    /** The versions of the policy that are in force somewhere. */
    Set<String> versions() {
        return prometheus.query("count by (version) (holdfast_policy_version)").stream()
                .map(series -> series.path("metric").path("version").asString())
                .collect(Collectors.toSet());
    }

    /** Sends a signal, STOP or CONT, to a part's process. */
    void signal(String name, String signal) {
        long pid = part(name).pid();
        new Shell(folder, Map.of()).run(ofSeconds(5), List.of("kill", "-" + signal, String.valueOf(pid)));
    }

    /** Where a part listens. */
    String endpoint(String name) {
        return part(name).endpoints().getFirst();
    }

    private PartStatus part(String name) {
        return platform.status().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        prometheus.close();
    }

    void fires(String alert, String label, String value, Runnable meanwhile) {
        fires(alert, label, value, ofSeconds(60), meanwhile);
    }

    void fires(String alert, String label, String value, Duration atMost, Runnable meanwhile) {
        await(alert + " fires").atMost(atMost).ignoreExceptions().until(() -> {
            meanwhile.run();
            return prometheus.isFiring(alert, label, value);
        });
    }

    void clears(String alert, String label, String value, Runnable meanwhile) {
        clears(alert, label, value, ofSeconds(90), meanwhile);
    }

    void clears(String alert, String label, String value, Duration atMost, Runnable meanwhile) {
        await(alert + " goes out").atMost(atMost).ignoreExceptions().until(() -> {
            meanwhile.run();
            return !prometheus.isFiring(alert, label, value);
        });
    }

    static Door.Reply place(Customer customer) {
        return customer.door().post("/api/orders", Orders.order(1, "0.010"));
    }

    /** The id of a new good backup. */
    static String backUp() {
        Door operator = PlatformUnderTest.operator();
        Door.Reply accepted = await().atMost(ofSeconds(60))
                .until(() -> operator.post("/api/backups", Map.of()), reply -> reply.status() == 202);
        assertThat(ended(operator, accepted)).isEqualTo("SUCCEEDED");
        return operator.get(accepted.header("Location")).text("backupId");
    }

    /** The state in which a job ended. */
    static String ended(Door operator, Door.Reply accepted) {
        return await().atMost(ofSeconds(60))
                .until(
                        () -> operator.get(accepted.header("Location")).text("state"),
                        state -> state.equals("SUCCEEDED") || state.equals("FAILED"));
    }
}
