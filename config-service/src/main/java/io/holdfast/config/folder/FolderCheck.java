package io.holdfast.config.folder;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

import io.holdfast.config.cipher.CipherCheck;
import io.holdfast.failover.policy.PolicyEntry;
import io.holdfast.failover.policy.PolicyFile;
import io.holdfast.failover.policy.PolicyFile.Content;
import io.holdfast.failover.policy.PolicyProblem;
import io.holdfast.failover.policy.PolicyReader;
import io.holdfast.failover.policy.PolicyReading;

/** Decides whether a state of the folder may become a version. It may not as soon as one file is wrong. */
public final class FolderCheck {

    public static final String POLICY_FILE = PolicyFile.NAME;
    private static final String SHARED_FILE = "application.yml";
    private static final int MOST_BYTES = 1024 * 1024;

    private final CipherCheck ciphers;

    public FolderCheck(CipherCheck ciphers) {
        this.ciphers = ciphers;
    }

    /** Everything that is wrong, file by file; empty when the state may become a version. */
    public List<PolicyProblem> problems(SortedMap<String, byte[]> files) {
        List<PolicyProblem> problems = new ArrayList<>();
        for (String required : List.of(SHARED_FILE, POLICY_FILE)) {
            if (!files.containsKey(required)) {
                problems.add(whole(required, "is missing; the platform needs it"));
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            problems.addAll(problemsOf(file.getKey(), file.getValue(), files.keySet()));
        }
        return problems;
    }

    private List<PolicyProblem> problemsOf(String name, byte[] bytes, Set<String> files) {
        if (!name.endsWith(".yml")) {
            return List.of(whole(name, "would not be read; a configuration file ends in .yml"));
        }
        if (bytes.length > MOST_BYTES) {
            return List.of(whole(name, "is larger than 1 MiB"));
        }
        if (new String(bytes, StandardCharsets.ISO_8859_1).isBlank()) {
            return List.of(whole(name, "is empty"));
        }
        if (!isUtf8(bytes)) {
            return List.of(whole(name, "is not UTF-8"));
        }
        return name.equals(POLICY_FILE) ? policyProblems(name, bytes, files) : fileProblems(name, bytes);
    }

    private static List<PolicyProblem> policyProblems(String name, byte[] bytes, Set<String> files) {
        return switch (PolicyFile.parse(name, bytes)) {
            case Content.Broken(PolicyProblem problem) -> List.of(problem);
            case Content.Entries(List<PolicyEntry> entries) ->
                PolicyReader.read(entries) instanceof PolicyReading.Refused(List<PolicyProblem> problems)
                        ? problems
                        : NamedDependencies.unknown(entries, files);
        };
    }

    private List<PolicyProblem> fileProblems(String name, byte[] bytes) {
        return switch (PolicyFile.parse(name, bytes)) {
            case Content.Broken(PolicyProblem problem) -> List.of(problem);
            case Content.Entries(List<PolicyEntry> entries) ->
                entries.stream()
                        .flatMap(entry -> misplaced(entry).or(() -> ciphers.problem(entry)).stream())
                        .toList();
        };
    }

    private static Optional<PolicyProblem> misplaced(PolicyEntry entry) {
        return entry.key().startsWith("failover.")
                ? Optional.of(new PolicyProblem(
                        entry.file(), entry.line(), entry.key(), "the policy belongs into " + POLICY_FILE, ""))
                : Optional.empty();
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static PolicyProblem whole(String file, String reason) {
        return new PolicyProblem(file, 0, "", reason, "");
    }
}
