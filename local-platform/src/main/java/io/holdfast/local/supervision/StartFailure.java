package io.holdfast.local.supervision;

import java.nio.file.Path;
import java.util.List;

import io.holdfast.local.Complaint;
import io.holdfast.local.process.LogFile;

/**
 * A part that died before it was ready for the first time.
 *
 * @param exitCode of its process; -1 when there was none
 */
record StartFailure(String name, int exitCode, String reason, Path log) {
    private static final int LINES_SHOWN = 12;

    Complaint complaint() {
        List<String> lines = LogFile.lastLines(log, LINES_SHOWN);
        boolean full = lines.stream().anyMatch(line -> line.contains("No space left on device"));
        String mend = full ? " - the disk is full: make room" : "";
        return new Complaint("%s did not start: %s%s. The end of %s:%n%s"
                .formatted(
                        name,
                        reason,
                        mend,
                        log,
                        String.join(System.lineSeparator(), lines).indent(2).stripTrailing()));
    }
}
