package io.holdfast.config.publishing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.config.folder.ConfigFolder;
import io.holdfast.config.folder.FolderCheck;
import io.holdfast.config.version.Version;
import io.holdfast.config.version.VersionStore;
import io.holdfast.failover.live.Refusal;
import io.holdfast.failover.live.VersionStatus;
import io.holdfast.failover.policy.PolicyProblem;

/** Turns what is in the folder, or what an operator sends, into the version in force, or refuses it and keeps the last good one. */
public final class Publisher {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    /** Whoever may write into the folder may have saved; which person it was cannot be known here. */
    private static final String FROM_THE_FOLDER = "file";

    private static final String SAVED = "Saved in the folder";

    private final ConfigFolder folder;
    private final FolderCheck check;
    private final VersionStore store;
    private final Object reading;
    private final InstantSource clock;
    private final Runnable announce;
    private final String firstSeen;
    private volatile VersionStatus status;
    private volatile BiConsumer<VersionStatus, byte[]> follower = (status, policy) -> {};

    /**
     * Takes the folder as it is now.
     *
     * @param reading the monitor held while a version is served, so that none is served half written
     * @param announce tells the instances to ask for the version
     * @throws RefusedFolderException when the folder is wrong and there is no earlier version
     */
    Publisher(
            ConfigFolder folder,
            FolderCheck check,
            VersionStore store,
            Object reading,
            InstantSource clock,
            Runnable announce) {
        this.folder = folder;
        this.check = check;
        this.store = store;
        this.reading = reading;
        this.clock = clock;
        this.announce = announce;
        this.firstSeen = signature();
        this.status = first();
    }

    /** The folder's signature before it was first read. */
    String firstSeen() {
        return firstSeen;
    }

    /** Lets this service obey the policy too: called now and after each change with the status and failover.yml. */
    void follow(BiConsumer<VersionStatus, byte[]> follower) {
        this.follower = follower;
        tellFollower();
    }

    private void tellFollower() {
        byte[] policy = inForce().get(FolderCheck.POLICY_FILE);
        if (policy != null) {
            follower.accept(status, policy);
        }
    }

    private void announce() {
        tellFollower();
        announce.run();
    }

    private VersionStatus first() {
        SortedMap<String, byte[]> files = files();
        List<PolicyProblem> problems = check.problems(files);
        if (problems.isEmpty()) {
            take(files, FROM_THE_FOLDER, SAVED);
            return statusOf(store.current().orElseThrow());
        }
        Version last = store.current().orElseThrow(() -> new RefusedFolderException(problems));
        logRefusal(problems, last.id());
        return new VersionStatus(last.id(), last.takenAt(), Refusal.of(problems, clock.instant()));
    }

    /** Looks at the folder after it changed. */
    synchronized void publish() {
        SortedMap<String, byte[]> files = files();
        List<PolicyProblem> problems = check.problems(files);
        boolean wasRefused = status.refusal() != null;
        if (!problems.isEmpty()) {
            logRefusal(problems, status.version());
            status = new VersionStatus(status.version(), status.takenAt(), Refusal.of(problems, clock.instant()));
            announce();
        } else if (take(files, FROM_THE_FOLDER, SAVED)) {
            status = statusOf(store.current().orElseThrow());
            announce();
        } else if (wasRefused) {
            log.info("configuration is again that of version={}", status.version());
            status = new VersionStatus(status.version(), status.takenAt(), null);
            announce();
        }
    }

    /**
     * Changes the configuration for somebody: checked like a save, then written into the folder, then made the version in
     * force. What is in the folder and was not taken yet stays there and is looked at afterwards.
     *
     * @return the version in force afterwards; the one before when nothing differs
     * @throws RefusedChangeException when the result is wrong; nothing was changed
     * @throws IOException when the folder cannot be written
     */
    public synchronized String change(FolderChange change, String author, String why) throws IOException {
        SortedMap<String, byte[]> next = change.applied(inForce());
        List<PolicyProblem> problems = check.problems(next);
        if (!problems.isEmpty()) {
            throw new RefusedChangeException(problems);
        }
        change.write(folder);
        if (take(next, author, why)) {
            status = statusOf(store.current().orElseThrow());
            announce();
        }
        return status.version();
    }

    private boolean take(SortedMap<String, byte[]> files, String author, String why) {
        Optional<Version> taken;
        synchronized (reading) {
            taken = store.take(files, author, why);
        }
        taken.ifPresent(version -> log.info(
                "configuration taken version={} author={} files={}",
                version.id(),
                author,
                String.join(",", files.keySet())));
        return taken.isPresent();
    }

    private static VersionStatus statusOf(Version version) {
        return new VersionStatus(version.id(), version.takenAt(), null);
    }

    private static void logRefusal(List<PolicyProblem> problems, String version) {
        log.warn(
                "configuration refused, version={} stays problems={} {}",
                version,
                problems.size(),
                problems.stream().map(PolicyProblem::toString).collect(Collectors.joining(" | ")));
    }

    private SortedMap<String, byte[]> files() {
        try {
            return folder.read();
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration folder " + folder + " cannot be read", e);
        }
    }

    private String signature() {
        try {
            return folder.signature();
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration folder " + folder + " cannot be read", e);
        }
    }

    /** What is in force, and what was refused since. */
    public VersionStatus status() {
        return status;
    }

    /** The same, with the policy in force for whoever knows another version. */
    VersionStatus statusFor(String known) {
        VersionStatus now = status;
        if (now.version().equals(known)) {
            return now;
        }
        synchronized (this) {
            byte[] policy = inForce().get(FolderCheck.POLICY_FILE);
            return policy == null ? status : status.withPolicy(new String(policy, StandardCharsets.UTF_8));
        }
    }

    /** The files of the version in force. */
    public SortedMap<String, byte[]> inForce() {
        synchronized (reading) {
            return store.files();
        }
    }
}
