package io.holdfast.system.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.holdfast.system.Customer;
import io.holdfast.system.LivePolicy;
import io.holdfast.system.Orders;
import io.holdfast.system.PlatformUnderTest;
import io.holdfast.system.ProcessPlatform;

/** Orders a second through the gateway at 64 connections, in turns with a bare client in the same run: the ratio counts. */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class OrderThroughputIT {

    private static final int ROUNDS = 3;

    /** Until then the services are still being compiled, however fast the machine is. */
    private static final int TO_WARM_UP = 30_000;

    private static final Duration BARE_WARM_UP = Duration.ofSeconds(5);
    private static final Duration ROUND = Duration.ofSeconds(12);
    private static final Map<String, Object> ORDER = Orders.order(1, "0.010");

    @Test
    @Timeout(1800)
    void thePlatformTakesAQuarterOfTheOrdersThatABareClientPlaces() throws Exception {
        assumeThat(Path.of("/proc/self/stat"))
                .as("CPU times as Linux tells them")
                .isReadable();
        assumeThat(PlatformUnderTest.get()).as("processes").isInstanceOf(ProcessPlatform.class);
        ProcessPlatform platform = (ProcessPlatform) PlatformUnderTest.get();
        List<Customer> customers = IntStream.range(0, ClosedLoop.CLIENTS)
                .mapToObj(client -> PlatformUnderTest.customer())
                .toList();
        double platformRate = 0;
        double bareRate = 0;
        try (LivePolicy policy = LivePolicy.of(platform);
                CqlSession session = PlatformUnderTest.cassandra();
                BareClient bare = BareClient.beside(platform, session)) {
            policy.change(delivered -> delivered
                    .replace("per-client: { requests: 100, per: 1s, burst: 200 }", "per-client: { enabled: false }")
                    .replace(
                            "concurrency: { initial: 128, minimum: 16, maximum: 512 }",
                            "concurrency: { enabled: false }"));
            LongAdder taken = new LongAdder();
            ClosedLoop.Placing through = (client, number) -> {
                int status = customers
                        .get(client)
                        .door()
                        .post("/api/orders", ORDER, Map.of("Idempotency-Key", "t-" + number))
                        .status();
                if (status == 202) {
                    taken.increment();
                } else if (status != 201) {
                    throw new IllegalStateException("answered " + status);
                }
            };
            long warm = 0;
            while (warm < TO_WARM_UP) {
                warm += ClosedLoop.place(through, ROUND);
            }
            ClosedLoop.place(bare, BARE_WARM_UP);
            taken.reset();
            for (int round = 1; round <= ROUNDS; round++) {
                CpuTimes before = CpuTimes.of(platform.platform());
                long orders = ClosedLoop.place(through, ROUND);
                CpuTimes between = CpuTimes.of(platform.platform());
                long bareOrders = ClosedLoop.place(bare, ROUND);
                CpuTimes after = CpuTimes.of(platform.platform());
                System.out.printf(
                        "round %d: %d orders/s, CPU-ms an order %s%n         bare %d orders/s, CPU-ms an order %s%n",
                        round,
                        orders / ROUND.toSeconds(),
                        between.since(before, orders),
                        bareOrders / ROUND.toSeconds(),
                        after.since(between, bareOrders));
                platformRate += orders;
                bareRate += bareOrders;
            }
            System.out.printf("taken and decided later: %d of %.0f%n", taken.sum(), platformRate);
            assertThat(taken.sum() / platformRate).as("share of 202").isLessThan(0.01);
        }
        System.out.printf("orders through the gateway: %.0f %% of a bare client%n", 100 * platformRate / bareRate);
        assertThat(platformRate / bareRate).isGreaterThan(0.25);
    }
}
