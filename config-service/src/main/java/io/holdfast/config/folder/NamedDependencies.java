package io.holdfast.config.folder;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.holdfast.failover.policy.PolicyEntry;
import io.holdfast.failover.policy.PolicyProblem;
import io.holdfast.failover.policy.PossibleFallbacks;

/**
 * Finds what the policy says about dependencies that nothing here has: a misspelt name would be a policy for nobody. What
 * the platform is made of is known; a service that was added is known by its file in the folder.
 */
final class NamedDependencies {

    private static final String PREFIX = "failover.dependencies.";
    private static final String YML = ".yml";

    /** Nobody here calls the gateway. */
    private static final Set<String> NOT_OF_A_DEPENDENCY = Set.of("application.yml", "failover.yml", "gateway.yml");

    private NamedDependencies() {}

    /** One problem for each unknown name, at its first entry. */
    static List<PolicyProblem> unknown(List<PolicyEntry> entries, Set<String> files) {
        Set<String> known = known(files);
        Set<String> told = new HashSet<>();
        return entries.stream()
                .filter(entry -> entry.key().startsWith(PREFIX))
                .filter(entry -> !known.contains(name(entry)) && told.add(name(entry)))
                .map(entry -> problem(entry, known))
                .toList();
    }

    private static Set<String> known(Set<String> files) {
        Set<String> known = new TreeSet<>(PossibleFallbacks.platform());
        files.stream()
                .filter(file -> file.endsWith(YML) && !NOT_OF_A_DEPENDENCY.contains(file))
                .map(file -> file.substring(0, file.length() - YML.length()))
                .forEach(known::add);
        return known;
    }

    private static PolicyProblem problem(PolicyEntry entry, Set<String> known) {
        String name = name(entry);
        return new PolicyProblem(
                entry.file(),
                entry.line(),
                PREFIX + name,
                "nothing here is called '%s'; a service of your own is known by its file %s%s"
                        .formatted(name, name, YML),
                String.join(", ", known));
    }

    private static String name(PolicyEntry entry) {
        String path = entry.key().substring(PREFIX.length());
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }
}
