package io.holdfast.system.bank;

import static io.holdfast.system.bank.Violation.Kind.CONFIRMED_WITHOUT_CREDIT;
import static io.holdfast.system.bank.Violation.Kind.CREDIT_DOES_NOT_ADD_UP;
import static io.holdfast.system.bank.Violation.Kind.CREDIT_OUT_OF_BOUNDS;
import static io.holdfast.system.bank.Violation.Kind.JOURNAL_AND_TABLES_DIFFER;
import static io.holdfast.system.bank.Violation.Kind.KEY_TAKEN_TWICE;
import static io.holdfast.system.bank.Violation.Kind.LEFT_PENDING;
import static io.holdfast.system.bank.Violation.Kind.LOST;
import static io.holdfast.system.bank.Violation.Kind.NOT_AS_ACKNOWLEDGED;
import static io.holdfast.system.bank.Violation.Kind.ONE_TOO_MANY;
import static io.holdfast.system.bank.Violation.Kind.RESERVED_FOR_NOTHING;
import static io.holdfast.system.bank.Violation.Kind.STATE_WENT_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.UUID;

import org.junit.jupiter.api.Test;

/** One entry of books that agree is falsified at a time; the audit must find it. */
class AuditTest {

    private final Books books = new Books();
    private final Request confirmed = books.entered("confirmed", Status.CONFIRMED);
    private final Request rejected = books.entered("rejected", Status.REJECTED);
    private final Request cancelled = books.entered("cancelled", Status.CANCELLED);

    @Test
    void booksThatAgreeAreLeftAlone() {
        assertThat(books.found()).isEmpty();
    }

    @Test
    void anAcknowledgedOrderThatIsNotThereIsFound() {
        books.orders.remove(rejected.orderId());
        books.byUser.removeIf(row -> row.order().id().equals(rejected.orderId()));

        assertThat(books.found()).containsExactly(LOST, JOURNAL_AND_TABLES_DIFFER);
    }

    @Test
    void anOrderThatIsMissingInTheListOfItsUserIsFound() {
        books.byUser.removeIf(row -> row.order().id().equals(rejected.orderId()));

        assertThat(books.found()).containsExactly(LOST);
    }

    @Test
    void anOrderThatIsTwiceInTheListOfItsUserIsFound() {
        books.byUser.add(books.byUser.getFirst());

        assertThat(books.found()).containsExactly(ONE_TOO_MANY);
    }

    @Test
    void anOrderInAMonthThatIsNotListedIsFound() {
        books.months.clear();

        assertThat(books.found()).containsExactly(LOST);
    }

    @Test
    void anOrderThatNobodyAskedForIsFound() {
        books.store(Books.order(Books.request("unknown"), Status.REJECTED));

        assertThat(books.found()).containsExactly(ONE_TOO_MANY, JOURNAL_AND_TABLES_DIFFER);
    }

    @Test
    void anOrderThatWentBackIsFound() {
        books.ledger.shows(confirmed.orderId(), Status.CONFIRMED, Status.CANCELLED, confirmed.total());

        assertThat(books.found()).containsExactly(NOT_AS_ACKNOWLEDGED);
    }

    @Test
    void anAnswerThatShowsAnEarlierStateIsFound() {
        books.ledger.shows(cancelled.orderId(), Status.CANCELLED, Status.CONFIRMED, cancelled.total());

        assertThat(books.found()).containsExactly(STATE_WENT_BACK);
    }

    @Test
    void aKeyThatWasTakenForTwoBodiesIsFound() {
        Request other = confirmed.withAnotherBody();
        books.ledger.asks(other);
        books.ledger.shows(other.orderId(), null, Status.CONFIRMED, other.total());

        assertThat(books.found()).containsExactly(KEY_TAKEN_TWICE, NOT_AS_ACKNOWLEDGED);
    }

    @Test
    void anOrderThatIsWorthWhatWasRefusedIsFound() {
        books.ledger.refuses(confirmed);

        assertThat(books.found()).containsExactly(NOT_AS_ACKNOWLEDGED);
    }

    @Test
    void aPendingOrderIsFound() {
        books.falsify(rejected, Status.PENDING, null);

        assertThat(books.found()).containsExactly(NOT_AS_ACKNOWLEDGED, LEFT_PENDING, JOURNAL_AND_TABLES_DIFFER);
    }

    @Test
    void anOrderThatIsOnlyPromisedIsFound() {
        Request promised = Books.request("promised");
        books.ledger.asks(promised);
        books.append(Books.order(promised, Status.PENDING));

        assertThat(books.found()).containsExactly(LEFT_PENDING);
    }

    @Test
    void creditThatDoesNotAddUpIsFound() {
        books.available = books.available.subtract(BigDecimal.ONE);

        assertThat(books.found()).containsExactly(CREDIT_DOES_NOT_ADD_UP);
    }

    @Test
    void creditBelowNothingIsFound() {
        books.available = new BigDecimal("-0.01");

        assertThat(books.found()).containsExactly(CREDIT_OUT_OF_BOUNDS, CREDIT_DOES_NOT_ADD_UP);
    }

    @Test
    void aReservationWithoutAnOrderIsFound() {
        books.reservations.put(UUID.randomUUID(), new Tables.Reservation("RESERVED", BigDecimal.ONE));

        assertThat(books.found()).containsExactly(RESERVED_FOR_NOTHING);
    }

    @Test
    void aReservationOfARejectedOrderIsFound() {
        books.reservations.put(rejected.orderId(), new Tables.Reservation("RESERVED", rejected.total()));

        assertThat(books.found()).containsExactly(RESERVED_FOR_NOTHING);
    }

    @Test
    void aConfirmedOrderThatNothingOrTooLittleIsReservedForIsFound() {
        books.reservations.put(confirmed.orderId(), new Tables.Reservation("RESERVED", BigDecimal.ONE));
        books.reservations.put(rejected.orderId(), new Tables.Reservation("RELEASED", null));

        assertThat(books.found()).containsExactly(CONFIRMED_WITHOUT_CREDIT);
    }

    @Test
    void aRowThatTheJournalDoesNotKnowIsFound() {
        books.journal.remove(confirmed.orderId());

        assertThat(books.found()).containsExactly(JOURNAL_AND_TABLES_DIFFER);
    }

    @Test
    void aRowThatIsOlderThanTheJournalIsFound() {
        books.append(Books.order(confirmed, Status.CANCELLED));

        assertThat(books.found()).containsExactly(JOURNAL_AND_TABLES_DIFFER);
    }

    @Test
    void aCellUnderAnotherWriteTimeIsFound() {
        books.falsify(confirmed, Status.CONFIRMED, 1L);

        assertThat(books.found()).containsExactly(JOURNAL_AND_TABLES_DIFFER);
    }

    @Test
    void twoRecordsUnderOneTimestampThatSayDifferentThingsAreFound() {
        books.append(Books.order(confirmed.withAnotherBody(), Status.CONFIRMED));

        assertThat(books.found()).containsExactly(JOURNAL_AND_TABLES_DIFFER);
    }
}
