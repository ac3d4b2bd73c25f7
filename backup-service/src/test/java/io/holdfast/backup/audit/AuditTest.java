package io.holdfast.backup.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.audit.AuditEntry.Action;
import io.holdfast.backup.audit.AuditEntry.Outcome;
import io.holdfast.backup.repository.BlobStore;
import io.holdfast.backup.repository.MemoryBlobStore;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.TestRepositories;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.problem.ProblemException;

class AuditTest {
    private static final UUID BACKUP = new UUID(0, 1);
    private static final Deed DEED = new Deed(Action.DELETION, "ada", null, BACKUP, "backup of articles");

    private final MemoryBlobStore store = new MemoryBlobStore();
    private final AtomicInteger failures = new AtomicInteger();
    private Instant now = Instant.parse("2026-11-28T10:00:00.123456Z");
    private final Repository repository = TestRepositories.in(failing(), () -> now);
    private final Audit audit = new Audit(repository, this::tick, "backup-service-1");

    @Test
    void aChangeHasAnEntryBeforeAndOneAfterIt() {
        List<AuditEntry> before = new ArrayList<>();

        String done = audit.change(DEED, () -> {
            before.addAll(all());
            return "done";
        });

        assertThat(done).isEqualTo("done");
        assertThat(before).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.BEGUN);
            assertThat(entry.by()).isEqualTo("ada");
            assertThat(entry.backupId()).isEqualTo(BACKUP);
            assertThat(entry.instance()).isEqualTo("backup-service-1");
        });
        assertThat(all()).extracting(AuditEntry::outcome).containsExactly(Outcome.SUCCEEDED, Outcome.BEGUN);
    }

    @Test
    void aChangeThatFailsIsEnteredWithItsReason() {
        assertThatThrownBy(() -> audit.change(DEED, () -> {
                    throw new IllegalStateException("no room");
                }))
                .hasMessage("no room");

        assertThat(all().getFirst().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(all().getFirst().reason()).isEqualTo("no room");
    }

    @Test
    void whatCannotBeEnteredIsNotDone() {
        repository.ids();
        List<String> done = new ArrayList<>();
        failures.set(3);

        assertThatThrownBy(() -> audit.change(DEED, () -> done.add("changed")))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.status().value()).isEqualTo(503);
                    assertThat(refused.detail()).startsWith("Nothing was done");
                });
        failures.set(3);
        assertThatThrownBy(() -> audit.ask(DEED, () -> done.add("asked"))).isInstanceOf(ProblemException.class);

        assertThat(done).isEmpty();
        assertThat(all()).isEmpty();
    }

    @Test
    void aStoreThatFailsNowAndThenRefusesNothing() {
        repository.ids();
        failures.set(2);

        assertThat(audit.change(DEED, () -> "done")).isEqualTo("done");

        assertThat(all()).hasSize(2);
    }

    @Test
    void isReadInPagesTheNewestFirst() {
        for (int number = 0; number < 5; number++) {
            audit.begun(new Deed(Action.BACKUP, "user " + number, null, null, null));
        }

        Page<AuditEntry> first = audit.page(2, null);
        Page<AuditEntry> second = audit.page(2, first.next());
        audit.begun(DEED);
        Page<AuditEntry> third = audit.page(2, second.next());

        assertThat(first.items()).extracting(AuditEntry::by).containsExactly("user 4", "user 3");
        assertThat(second.items()).extracting(AuditEntry::by).containsExactly("user 2", "user 1");
        assertThat(third.items()).extracting(AuditEntry::by).containsExactly("user 0");
        assertThat(third.next()).isNull();
    }

    @Test
    void anEntryThatWasTamperedWithIsShownAsSuch() {
        audit.begun(DEED);
        audit.begun(DEED);
        store.flip(store.list("audit").getFirst(), 80);

        assertThat(all()).extracting(AuditEntry::outcome).containsExactly(Outcome.BEGUN, Outcome.UNREADABLE);
        assertThat(all().getLast().at()).isEqualTo(all().getFirst().at().minusMillis(1));
    }

    @Test
    void tellsNothingToWhoHasNoKey() {
        audit.begun(DEED);

        assertThat(store.list("audit")).singleElement().satisfies(name -> {
            assertThat(name).startsWith("audit/2026-11-28t10-00-00-124456z-");
            assertThat(StandardCharsets.ISO_8859_1.decode(store.read(name)).toString())
                    .doesNotContain("ada")
                    .doesNotContain("articles");
        });
    }

    @Test
    void staysWhenABackupIsRemovedAndLeftoversAreCollected() {
        audit.begun(DEED);

        repository.delete(BACKUP);
        repository.collect();

        assertThat(all()).hasSize(1);
    }

    private List<AuditEntry> all() {
        return audit.page(100, null).items();
    }

    private Instant tick() {
        now = now.plusMillis(1);
        return now;
    }

    /** The store, of which the next creations fail. */
    private BlobStore failing() {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("create") && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new UncheckedIOException(new IOException("the disk is away"));
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
