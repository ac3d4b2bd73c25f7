package io.holdfast.backup.audit;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.backup.repository.Ledger;
import io.holdfast.backup.repository.Repository;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.doors.request.RequestIdFilter;
import io.holdfast.failover.guard.DependencyUnavailableException;

/** The audit log. What cannot be entered before it begins is not done. */
public final class Audit {
    private static final Logger log = LoggerFactory.getLogger(Audit.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int TRIES = 3;

    private final Repository repository;
    private final InstantSource clock;
    private final String instance;

    /**
     * Keeps the log in a repository.
     *
     * @param instance the name of this instance
     */
    public Audit(Repository repository, InstantSource clock, String instance) {
        this.repository = repository;
        this.clock = clock;
        this.instance = instance;
    }

    /**
     * Does something between an entry that it begins and one that tells how it ended.
     *
     * @throws ProblemException 503 when the first entry cannot be written; nothing was done then
     */
    public <T> T change(Deed deed, Supplier<T> work) {
        enter(deed, AuditEntry.Outcome.BEGUN);
        T outcome = failing(deed, work);
        ended(deed, AuditEntry.Outcome.SUCCEEDED, null);
        return outcome;
    }

    /**
     * Asks for a job after an entry that it was asked for; how it ends is entered by who does it.
     *
     * @throws ProblemException 503 when the entry cannot be written; the job was not asked for then
     */
    public <T> T ask(Deed deed, Supplier<T> order) {
        enter(deed, AuditEntry.Outcome.ASKED);
        return failing(deed, order);
    }

    /**
     * Enters that something begins.
     *
     * @throws ProblemException 503 when that is not possible
     */
    public void begun(Deed deed) {
        enter(deed, AuditEntry.Outcome.BEGUN);
    }

    /** Enters how something ended. It has been done: when the entry cannot be written, the log of the service says so. */
    public void ended(Deed deed, AuditEntry.Outcome outcome, @Nullable String reason) {
        try {
            write(deed, outcome, reason);
        } catch (RuntimeException failed) {
            log.error("audit_entry_lost deed={} outcome={} reason={}", deed, outcome, reason, failed);
        }
    }

    /** The newest entries first; one that cannot be read is among them and says so. */
    Page<AuditEntry> page(int limit, @Nullable String cursor) {
        Ledger ledger = repository.upkeep().ledger();
        List<String> names = ledger.names();
        if (cursor != null) {
            names = names.stream().filter(name -> name.compareTo(cursor) < 0).toList();
        }
        List<String> some = names.subList(0, Math.min(limit, names.size()));
        return new Page<>(
                some.stream().map(name -> read(ledger, name)).toList(),
                some.size() < names.size() ? some.getLast() : null);
    }

    private <T> T failing(Deed deed, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException failed) {
            ended(deed, AuditEntry.Outcome.FAILED, failed.getMessage());
            throw failed;
        }
    }

    private void enter(Deed deed, AuditEntry.Outcome outcome) {
        try {
            write(deed, outcome, null);
        } catch (DependencyUnavailableException | UncheckedIOException failed) {
            log.warn("audit_entry_refused deed={} cause={}", deed, failed.getMessage());
            throw ProblemException.unavailable(
                    "Nothing was done: the audit log in the repository of the backups cannot be written",
                    SOON,
                    "repository");
        }
    }

    private void write(Deed deed, AuditEntry.Outcome outcome, @Nullable String reason) {
        AuditEntry entry = new AuditEntry(
                AuditEntry.VERSION,
                clock.instant(),
                instance,
                deed.action(),
                outcome,
                deed.by(),
                MDC.get(RequestIdFilter.MDC_KEY),
                deed.jobId(),
                deed.backupId(),
                deed.what(),
                reason);
        Ledger ledger = repository.upkeep().ledger();
        String name = Ledger.name(entry.at());
        byte[] content = JSON.writeValueAsBytes(entry);
        for (int attempt = 1; ; attempt++) {
            try {
                if (deed.action().makesRoom()) {
                    ledger.addInAnyCase(name, content);
                } else {
                    ledger.add(name, content);
                }
                return;
            } catch (DependencyUnavailableException | UncheckedIOException failed) {
                if (attempt == TRIES) {
                    throw failed;
                }
            }
        }
    }

    private static AuditEntry read(Ledger ledger, String name) {
        try {
            return ledger.read(name)
                    .map(content -> JSON.readValue(content, AuditEntry.class))
                    .orElseGet(() -> AuditEntry.unreadable(Ledger.time(name)));
        } catch (JacksonException unreadable) {
            return AuditEntry.unreadable(Ledger.time(name));
        }
    }
}
