package io.holdfast.journal.pause;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.holdfast.failover.guard.DependencyUnavailableException;

class WritePausesTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration LAPSE = Duration.ofMinutes(10);
    private static final String SHOP = "shop";
    private static final Set<String> ORDERS = Set.of("shop.orders");

    private final UUID job = UUID.randomUUID();

    private Instant now = NOON;
    private final List<String> forgotten = new ArrayList<>();
    private final WritePauses pauses = new WritePauses(() -> List.of(this::forget), () -> now);

    @Test
    void aWriteIsRefusedWhileTheKeyspaceIsPausedAndNoLonger() {
        assertOpen();

        pauses.accept(paused(1), NOON);

        assertThatThrownBy(() -> pauses.requireOpen(SHOP))
                .isInstanceOf(DependencyUnavailableException.class)
                .hasMessage("cassandra is not written into: a restore replaces tables there")
                .satisfies(refused -> assertThat(((DependencyUnavailableException) refused).wasAsked())
                        .isFalse());
        assertThatCode(() -> pauses.requireOpen("another")).doesNotThrowAnyException();
        pauses.accept(over(1), NOON);
        assertOpen();
    }

    @Test
    void aRowThatIsNotFoundMayBeOnItsWayBackAlsoWhenTheRestoreEndsMeanwhile() {
        assertThat(pauses.find(SHOP, Optional::empty)).isEmpty();
        pauses.accept(paused(1), NOON);
        assertThat(pauses.find(SHOP, () -> Optional.of("row"))).contains("row");

        assertThatThrownBy(() -> pauses.find(SHOP, () -> {
                    pauses.accept(over(1), NOON);
                    return Optional.empty();
                }))
                .isInstanceOf(DependencyUnavailableException.class);
        assertThatThrownBy(() -> pauses.find(SHOP, () -> {
                    pauses.accept(paused(2), NOON);
                    return Optional.empty();
                }))
                .isInstanceOf(DependencyUnavailableException.class);
    }

    @Test
    void whatIsRememberedIsForgottenBeforeWritersGoOn() {
        pauses.accept(paused(1), NOON);
        assertThat(forgotten).isEmpty();

        pauses.accept(over(1), NOON);

        assertThat(forgotten).containsExactly("[shop.orders] while paused");
    }

    @Test
    void aPauseNobodySpeaksOfAnyMoreLapses() {
        pauses.accept(paused(1), NOON);
        now = NOON.plus(LAPSE).minusMillis(1);
        assertPaused();

        pauses.accept(paused(1), now);
        now = NOON.plus(LAPSE).plusMillis(1);
        assertPaused();

        now = NOON.plus(LAPSE).plus(LAPSE);
        assertOpen();
    }

    @Test
    void whatIsRememberedIsForgottenWhenAPauseLapsesAndOnceOnly() {
        pauses.accept(paused(1), NOON);
        now = NOON.plus(LAPSE);

        pauses.endLapsed();
        pauses.endLapsed();

        assertThat(forgotten).hasSize(1);
        assertOpen();
    }

    @Test
    void noticesThatAreReadOnceMoreFromTheBeginningOpenNothing() {
        pauses.accept(paused(1), NOON);
        pauses.accept(paused(1), NOON.plusSeconds(540));
        now = NOON.plusSeconds(660);
        assertPaused();

        pauses.accept(paused(1), NOON);

        assertPaused();
    }

    @Test
    void sinceWhenTablesAreOthersIsKnownAlsoAfterAFailedRestoreThatHadBegun() {
        pauses.accept(paused(1), NOON);
        pauses.accept(PauseNotice.over(job, 1, SHOP, ORDERS, false), NOON);
        assertThat(pauses.wereTablesReplacedSince(SHOP, NOON)).isFalse();

        pauses.accept(paused(2), NOON);
        pauses.accept(PauseNotice.failed(job, 2, SHOP, ORDERS, ORDERS), NOON.plusSeconds(1));

        assertThat(pauses.wereTablesReplacedSince(SHOP, NOON)).isTrue();
        assertThat(pauses.wereTablesReplacedSince(SHOP, NOON.plusSeconds(2))).isFalse();
        assertThat(pauses.wereTablesReplacedSince("another", NOON)).isFalse();
    }

    @Test
    void aPauseThatHasLapsedHoldsAgainWhenItIsSpokenOf() {
        pauses.accept(paused(1), NOON);
        now = NOON.plus(LAPSE);
        assertOpen();

        pauses.accept(paused(1), now);
        assertPaused();

        pauses.accept(over(1), now);
        assertOpen();
    }

    @Test
    void aPauseThatWasSpokenOfLongAgoDoesNotHoldAnInstanceThatStarts() {
        pauses.accept(paused(1), NOON.minus(LAPSE));

        assertOpen();
    }

    @Test
    void twoRestoresOfOneKeyspacePauseItUntilBothAreOver() {
        UUID other = UUID.randomUUID();
        pauses.accept(paused(1), NOON);
        pauses.accept(PauseNotice.paused(other, 1, SHOP, ORDERS, LAPSE), NOON);

        pauses.accept(over(1), NOON);
        assertPaused();

        pauses.accept(PauseNotice.over(other, 1, SHOP, ORDERS, false), NOON);
        assertOpen();
    }

    @Test
    void aWorkerThatHasLostItsJobEndsNoPauseOfTheOther() {
        pauses.accept(paused(1), NOON);
        pauses.accept(paused(2), NOON);

        pauses.accept(over(1), NOON);
        assertPaused();

        pauses.accept(over(2), NOON);
        assertOpen();
    }

    @Test
    void aWorkerThatSpeaksLateBeginsNoPauseAnew() {
        pauses.accept(paused(1), NOON);
        pauses.accept(over(1), NOON);

        pauses.accept(paused(1), NOON);
        assertOpen();

        pauses.accept(paused(2), NOON);
        assertPaused();
    }

    @Test
    void aNoticeTravelsAsItIs() {
        PauseNotice notice = PauseNotice.over(job, 3, SHOP, Set.of("shop.orders", "shop.orders_by_user"), true);

        assertThat(PauseNotice.read(notice.write().getBytes(UTF_8))).contains(notice);
        PauseNotice failed = PauseNotice.failed(job, 3, SHOP, Set.of("shop.orders", "shop.orders_by_user"), ORDERS);
        assertThat(PauseNotice.read(failed.write().getBytes(UTF_8))).contains(failed);
        String older = notice.write().replaceFirst(",\"replaced\":\\[[^]]*]", "");
        assertThat(older).doesNotContain("replaced");
        assertThat(PauseNotice.read(older.getBytes(UTF_8))).contains(notice);
        assertThat(PauseNotice.read("{\"version\":1}".getBytes(UTF_8))).isEmpty();
        assertThat(PauseNotice.read("nonsense".getBytes(UTF_8))).isEmpty();
        assertThat(PauseNotice.read(null)).isEmpty();
    }

    private PauseNotice paused(int epoch) {
        return PauseNotice.paused(job, epoch, SHOP, ORDERS, LAPSE);
    }

    private PauseNotice over(int epoch) {
        return PauseNotice.over(job, epoch, SHOP, ORDERS, true);
    }

    private void forget(Set<String> tables) {
        forgotten.add(tables + (now.equals(NOON) && !pauses.isPaused(SHOP) ? " too late" : " while paused"));
    }

    private void assertPaused() {
        assertThat(pauses.isPaused(SHOP)).isTrue();
    }

    private void assertOpen() {
        assertThat(pauses.isPaused(SHOP)).isFalse();
        assertThatCode(() -> pauses.requireOpen(SHOP)).doesNotThrowAnyException();
    }
}
