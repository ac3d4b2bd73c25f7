package io.holdfast.config.editing;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import io.holdfast.config.publishing.Publisher;
import io.holdfast.config.version.Version;
import io.holdfast.config.version.VersionHistory;
import io.holdfast.config.version.VersionStore;
import io.holdfast.doors.problem.ProblemException;

/** The versions a request names: well formed, or 400; known here, or 404. */
@Component
class RequestedVersions {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"?([0-9a-f]{40})\"?");

    private final Publisher publisher;
    private final VersionHistory history;

    RequestedVersions(Publisher publisher, VersionStore store) {
        this.publisher = publisher;
        this.history = store.history();
    }

    /** The id of the version named, or of the one in force when none is. */
    String orInForce(@Nullable String requested) {
        return requested == null
                ? publisher.status().version()
                : require("version", requested).id();
    }

    /**
     * The version named.
     *
     * @param field where the request names it
     */
    Version require(String field, @Nullable String requested) {
        if (requested == null || !ID.matcher(requested).matches()) {
            throw ProblemException.badField(field, "must be a version, 40 characters of 0-9 and a-f");
        }
        return history.find(requested)
                .orElseThrow(() -> ProblemException.notFound(
                        "There is no version " + requested + ": GET /api/config/versions lists those there are"));
    }

    /** The version in an entity tag, quoted or bare. */
    static String ofTag(String tag) {
        var match = TAG.matcher(tag.strip());
        if (!match.matches()) {
            throw ProblemException.badField(
                    HttpHeaders.IF_MATCH, "must be the version a GET of this file answered, in quotation marks");
        }
        return match.group(1);
    }
}
