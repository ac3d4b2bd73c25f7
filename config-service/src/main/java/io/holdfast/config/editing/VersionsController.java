package io.holdfast.config.editing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.config.publishing.Publisher;
import io.holdfast.config.version.Change;
import io.holdfast.config.version.Version;
import io.holdfast.config.version.VersionHistory;
import io.holdfast.config.version.VersionStore;
import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.page.PageLimit;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.failover.live.Refusal;

/** What was in force and when, what changed from one version to the next, and the way back. */
@RestController
@RequestMapping("/api/config")
class VersionsController {

    private final Editing editing;
    private final RequestedVersions versions;
    private final Publisher publisher;
    private final VersionHistory history;

    VersionsController(Editing editing, RequestedVersions versions, Publisher publisher, VersionStore store) {
        this.editing = editing;
        this.versions = versions;
        this.publisher = publisher;
        this.history = store.history();
    }

    /**
     * One version.
     *
     * @param author the operator; for a save in the folder the word "file"
     * @param files the names of those it changed
     */
    record VersionView(String version, String author, Instant at, List<String> files) {
        static VersionView of(Change change) {
            Version version = change.version();
            return new VersionView(version.id(), version.author(), version.takenAt(), change.files());
        }
    }

    /**
     * A part of the list.
     *
     * @param next the cursor of the following part; null at the end
     * @param refusal the save that was refused since the version in force, if any
     */
    record VersionsPage(
            List<VersionView> items,
            @Nullable String next,
            @Nullable Refusal refusal) {}

    /**
     * What changed.
     *
     * @param from null when the version is compared with no files at all
     * @param diff unified, as git writes it; empty when nothing differs
     */
    record Differences(String version, @Nullable String from, String diff) {}

    record Rollback(@Nullable String version) {}

    @GetMapping("/versions")
    @Operation(summary = "Versions, newest first, and the refusal of the last save (operator)")
    VersionsPage versions(
            @RequestParam(defaultValue = "50") int limit, @RequestParam(required = false) @Nullable String cursor) {
        PageLimit.check(limit);
        List<Change> found = history.newest(limit + 1, cursor == null ? null : place(cursor));
        String next = found.size() > limit ? cursor(found.getLast().version()) : null;
        return new VersionsPage(
                found.stream().limit(limit).map(VersionView::of).toList(),
                next,
                publisher.status().refusal());
    }

    @GetMapping("/versions/{version}/changes")
    @Operation(summary = "What a version changed, against the one before or another one (operator)")
    Differences changes(@PathVariable String version, @RequestParam(required = false) @Nullable String from) {
        String to = versions.require("version", version).id();
        String start = from == null
                ? history.before(to).orElse(null)
                : versions.require("from", from).id();
        return new Differences(to, start, history.differences(start, to));
    }

    @PostMapping("/rollbacks")
    @Operation(summary = "Makes the content of an earlier version a new version (operator)")
    FilesController.Changed rollBack(@RequestBody Rollback rollback, Caller caller) {
        Version earlier = versions.require("version", rollback.version());
        return new FilesController.Changed(editing.rollBack(earlier, caller.subject()));
    }

    private static String cursor(Version version) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(version.id().getBytes(StandardCharsets.US_ASCII));
    }

    private String place(String cursor) {
        try {
            String id = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            return history.find(id).orElseThrow(IllegalArgumentException::new).id();
        } catch (IllegalArgumentException e) {
            throw ProblemException.badField("cursor", "must be the next of an earlier answer of this list");
        }
    }
}
