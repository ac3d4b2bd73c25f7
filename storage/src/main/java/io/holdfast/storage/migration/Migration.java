package io.holdfast.storage.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.core.io.Resource;

/**
 * One file {@code V<version>__<name>.cql}: statements, each ended by a semicolon at the end of a line, each harmless when
 * run again ({@code IF NOT EXISTS}), because a start that died half way is repeated from the first one.
 *
 * @param version its place in the order
 * @param name what it does, from the file's name
 * @param statements without semicolons and comments
 * @param checksum SHA-256 of the statements, so that a file changed after it was applied is noticed
 */
record Migration(int version, String name, List<String> statements, String checksum) {

    static final Comparator<Migration> IN_ORDER = Comparator.comparingInt(Migration::version);

    private static final Pattern FILE = Pattern.compile("V(\\d+)__(\\w+)\\.cql");
    private static final Pattern STATEMENT_END = Pattern.compile(";\\s*(\\n|$)");

    static Migration read(Resource file) {
        String fileName = String.valueOf(file.getFilename());
        Matcher parts = FILE.matcher(fileName);
        if (!parts.matches()) {
            throw new MigrationException(fileName + " is not named V<number>__<name>.cql");
        }
        try {
            String script = file.getContentAsString(StandardCharsets.UTF_8);
            return of(Integer.parseInt(parts.group(1)), parts.group(2).replace('_', ' '), script);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Migration of(int version, String name, String script) {
        String code = script.lines()
                .filter(line -> !line.strip().startsWith("--") && !line.isBlank())
                .collect(Collectors.joining("\n"));
        List<String> statements = Arrays.stream(STATEMENT_END.split(code))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
        return new Migration(version, name, statements, sha256(String.join(";", statements)));
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
