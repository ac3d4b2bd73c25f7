package io.holdfast.system.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One entry of users that agree is falsified at a time; the audit must find it. */
class UserAuditTest {

    private static final UUID ID = UUID.randomUUID();
    private static final long STAMP = 1_795_255_200_123_520L;

    private final Map<UUID, StoredUser> rows = new HashMap<>();
    private final Map<UUID, List<StoredUser>> records = new HashMap<>();
    private final Map<String, UUID> names = new HashMap<>();
    private Map<UUID, String> acknowledged = Map.of(ID, "Anna");

    @BeforeEach
    void register() {
        rows.put(ID, user("anna@example.org", STAMP));
        records.put(ID, List.of(user("anna@example.org", STAMP)));
        names.put("anna", ID);
    }

    @Test
    void usersThatAgreeAreLeftAlone() {
        assertThat(found()).isEmpty();
    }

    @Test
    void anAcknowledgedUserThatIsNotThereIsFound() {
        rows.clear();
        records.clear();

        assertThat(found()).containsExactly(Violation.Kind.LOST);
    }

    @Test
    void anAcknowledgedUserUnderAnotherNameIsFound() {
        acknowledged = Map.of(ID, "Anne");

        assertThat(found()).containsExactly(Violation.Kind.LOST);
    }

    @Test
    void aRecordThatIsNotAppliedIsFound() {
        records.put(ID, List.of(user("anna@example.org", STAMP), user("new@example.org", STAMP + 128)));

        assertThat(found()).containsExactly(Violation.Kind.JOURNAL_AND_TABLES_DIFFER);
    }

    @Test
    void aRowUnderAnotherTimestampIsFound() {
        rows.put(ID, user("anna@example.org", STAMP + 1));

        assertThat(found()).containsExactly(Violation.Kind.JOURNAL_AND_TABLES_DIFFER);
    }

    @Test
    void aRowThatIsNotInTheJournalIsFound() {
        records.clear();

        assertThat(found()).containsExactly(Violation.Kind.JOURNAL_AND_TABLES_DIFFER);
    }

    @Test
    void aNameThatTwoHaveIsFound() {
        names.put("anna", UUID.randomUUID());

        assertThat(found()).containsExactly(Violation.Kind.ONE_TOO_MANY);
    }

    private List<Violation.Kind> found() {
        Violations violations = new Violations();
        new UserAudit(new Users(rows, records, names), acknowledged, violations).run();
        return violations.all().stream().map(Violation::kind).distinct().toList();
    }

    private static StoredUser user(String email, long stamp) {
        return new StoredUser(
                ID, "Anna", email, "", "France", Instant.parse("2026-11-21T10:00:00.123Z"), Set.of(stamp));
    }
}
