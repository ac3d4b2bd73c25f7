package io.holdfast.user.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import io.holdfast.doors.problem.ProblemException;

class PasswordsTest {

    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private final Passwords passwords = new Passwords(cost(2));

    @Test
    void aHashMatchesItsPasswordAndNoOther() {
        String hash = passwords.hash("correct horse");

        assertThat(hash).startsWith("$argon2id$").doesNotContain("correct");
        assertThat(passwords.matches("correct horse", hash)).isTrue();
        assertThat(passwords.matches("wrong horse", hash)).isFalse();
    }

    @Test
    void theSamePasswordHashesDifferentlyEachTime() {
        assertThat(passwords.hash("correct horse")).isNotEqualTo(passwords.hash("correct horse"));
    }

    @Test
    void nobodysPasswordNeverMatchesAndCostsAsMuchAsAnybodys() {
        Passwords dear = new Passwords(new PasswordProperties(DataSize.ofMegabytes(12), 3, 1, A_WHILE));
        String hash = dear.hash("correct horse");
        dear.matches("warm up", hash);

        long somebody = time(() -> assertThat(dear.matches("wrong horse", hash)).isFalse());
        long nobody = time(() -> assertThat(dear.matches("wrong horse", null)).isFalse());

        assertThat(nobody).isGreaterThan(somebody / 4);
    }

    @Test
    void whoWaitsTooLongForAPlaceIsToldToComeAgain() {
        Passwords full = new Passwords(new PasswordProperties(DataSize.ofMegabytes(1), 1, 0, Duration.ofMillis(1)));

        assertThatThrownBy(() -> full.hash("correct horse"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.status().value()).isEqualTo(503));
    }

    private static PasswordProperties cost(int concurrent) {
        return new PasswordProperties(DataSize.ofMegabytes(1), 1, concurrent, A_WHILE);
    }

    private static long time(Runnable work) {
        long started = System.nanoTime();
        work.run();
        return System.nanoTime() - started;
    }
}
