package io.holdfast.system.bank;

import static io.holdfast.system.bank.Violation.Kind.CREDIT_DOES_NOT_ADD_UP;
import static io.holdfast.system.bank.Violation.Kind.JOURNAL_AND_TABLES_DIFFER;
import static io.holdfast.system.bank.Violation.Kind.KEY_TAKEN_TWICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The bank test notices it when a mechanism is switched off: a test that cannot fail would prove nothing. */
@EnabledIfSystemProperty(named = "holdfast.full", matches = "true", disabledReason = "runs with ./holdfast test --full")
class MutantsIT {

    private static final BankSettings SMALL = new BankSettings(10, 8, Duration.ofSeconds(10), 0, 0);

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void itNoticesThatTablesAreWrittenBeforeTheJournal() {
        Fault crash = new Fault(
                Fault.Kind.CRASH,
                List.of("order-service-1"),
                Duration.ofSeconds(2),
                Duration.ZERO,
                "after-cassandra@CANCELLED");

        Report report = mutated("order-service-1", "tables-before-journal", Collections.nCopies(3, crash));

        assertThat(report.of(JOURNAL_AND_TABLES_DIFFER)).isPositive();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void itNoticesThatCreditIsReservedWithoutItsCondition() {
        Report report = mutated("user-service-1", "unconditional-reservation", List.of());

        assertThat(report.of(CREDIT_DOES_NOT_ADD_UP)).isPositive();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void itNoticesThatKeysAreNotChecked() {
        Report report = mutated("order-service-1", "key-check-off", List.of());

        assertThat(report.of(KEY_TAKEN_TWICE)).isPositive();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void itFindsNothingWithoutAMutation() {
        Report report = mutated("order-service-1", "no-mutation-of-this-name", List.of());

        assertThat(report.violations()).isEmpty();
    }

    private static Report mutated(String part, String mutation, List<Fault> faults) {
        BankPlatform platform = BankPlatform.get();
        platform.switchOn(part, mutation);
        try {
            Report report = Bank.open(platform, SMALL.users()).work(1, SMALL.clients(), injector -> {
                injector.run(new Schedule(1, faults));
                Pause.of(SMALL.faults());
            });
            System.out.printf("%s: %s%n", mutation, report);
            return report;
        } finally {
            platform.switchOff(part, mutation);
        }
    }
}
