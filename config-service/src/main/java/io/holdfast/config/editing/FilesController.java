package io.holdfast.config.editing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.config.folder.ConfigFolder;
import io.holdfast.config.version.VersionHistory;
import io.holdfast.config.version.VersionStore;
import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.problem.ProblemException;

/** The files of the configuration, as text. Encrypted values are shown as they are written. */
@RestController
@RequestMapping("/api/config/files")
class FilesController {

    private static final MediaType PLAIN = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final Editing editing;
    private final RequestedVersions versions;
    private final VersionHistory history;

    FilesController(Editing editing, RequestedVersions versions, VersionStore store) {
        this.editing = editing;
        this.versions = versions;
        this.history = store.history();
    }

    /**
     * A file without its text.
     *
     * @param version the one that last changed it
     */
    record FileView(String name, String version) {}

    /**
     * A file with its text.
     *
     * @param version the one that last changed it; what an editor sends back in If-Match
     */
    record FileText(String name, String version, String text) {}

    /** The version in force after a change. */
    record Changed(String version) {}

    @GetMapping
    @Operation(summary = "The files of the configuration, each with the version that last changed it (operator)")
    Page<FileView> files(@RequestParam(required = false) @Nullable String version) {
        List<FileView> files = history.lastChanges(versions.orInForce(version)).entrySet().stream()
                .map(file -> new FileView(file.getKey(), file.getValue()))
                .toList();
        return new Page<>(files, null);
    }

    @GetMapping("/{name}")
    @Operation(
            summary =
                    "A file in force now, or in an earlier version; its text alone to who accepts text/plain (operator)")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FileText.class)))
    ResponseEntity<Object> file(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String version,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        FileText file = find(name, version);
        boolean textAlone = MediaType.TEXT_PLAIN_VALUE.equals(accept);
        return ResponseEntity.ok()
                .eTag(file.version())
                .contentType(textAlone ? PLAIN : MediaType.APPLICATION_JSON)
                .body(textAlone ? file.text() : file);
    }

    private FileText find(String name, @Nullable String version) {
        if (!ConfigFolder.takes(name)) {
            throw ProblemException.badField("name", "must be a plain file name such as order-service.yml");
        }
        String of = versions.orInForce(version);
        SortedMap<String, byte[]> files = history.files(of);
        byte[] text = files.get(name);
        if (text == null) {
            throw ProblemException.notFound(
                    "There is no " + name + " in version " + of + "; it has " + String.join(", ", files.keySet()));
        }
        String changed = history.lastChanges(of).getOrDefault(name, of);
        return new FileText(name, changed, new String(text, StandardCharsets.UTF_8));
    }

    @PutMapping(
            path = "/{name}",
            consumes = {"text/*", "application/yaml", "application/x-yaml", "application/octet-stream"})
    @Operation(summary = "Writes a file, if it is right, and makes it the version in force (operator)")
    Changed put(
            @PathVariable String name,
            @RequestBody(required = false) byte @Nullable [] text,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        String startedFrom = ifMatch == null ? null : RequestedVersions.ofTag(ifMatch);
        return new Changed(editing.put(name, text == null ? new byte[0] : text, startedFrom, caller.subject()));
    }
}
