package io.holdfast.system.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients place and cancel orders while a seeded schedule kills and stops parts; afterwards the books agree. */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class BankIT {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void nothingAcknowledgedIsLostOrDoubledAndEveryBookAgrees(long seed) {
        BankSettings settings = BankSettings.ofProperties();
        Schedule schedule = Schedule.of(seed, settings.faults(), Points.EVERYWHERE);
        System.out.printf("%n%s%n", schedule);

        Report report = Bank.open(BankPlatform.get(), settings.users())
                .work(seed, settings.clients(), injector -> injector.run(schedule));

        System.out.printf("seed %d: %s%n", seed, report);
        assertThat(report.violations()).as("with seed %d", seed).isEmpty();
        assertThat(report.orders()).isPositive();
        assertThat(report.newcomers()).isGreaterThanOrEqualTo(settings.leastNewcomers());
        assertThat(report.rejected()).isGreaterThanOrEqualTo(settings.leastRejected());
    }

    static List<Long> seeds() {
        return BankSettings.seeds();
    }
}
