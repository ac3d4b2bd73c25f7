package io.holdfast.backup.repository;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;

/**
 * What a disk may hold after a loss of power. Of the names that were made or taken away in a folder since it was last synced, each is as
 * it was then or as it became since, for itself: the two names of a rename too. Of a file that was never synced, nothing is there or some
 * of its first bytes.
 */
final class PowerLoss {
    /** What a name stands for: a folder, a file by its number, or nothing any more. */
    private sealed interface Entry {}

    private record Folder() implements Entry {}

    private record File(int number) implements Entry {}

    private record Nothing() implements Entry {}

    /**
     * One outcome.
     *
     * @param files by path; the content as far as it is there
     * @param folders those that are there
     */
    record State(Map<String, byte[]> files, Set<String> folders) {}

    private final Map<String, Entry> durable = new HashMap<>();
    private final Map<String, List<Entry>> pending = new LinkedHashMap<>();
    private final Map<String, Integer> live = new HashMap<>();
    private final Map<Integer, byte[]> contents = new HashMap<>();
    private final Set<Integer> synced = new HashSet<>();

    void apply(DiskSteps.Step step) {
        switch (step) {
            case DiskSteps.MakeFolder(String path) -> become(path, new Folder());
            case DiskSteps.Create(String path, int file) -> {
                contents.put(file, new byte[0]);
                name(path, file);
            }
            case DiskSteps.Write(int file, byte[] content) -> contents.put(file, content);
            case DiskSteps.SyncFile(int file) -> synced.add(file);
            case DiskSteps.Link(String name, String path) -> name(name, fileOf(path));
            case DiskSteps.Rename(String from, String to) -> {
                name(to, fileOf(from));
                unname(from);
            }
            case DiskSteps.Delete(String path) -> unname(path);
            case DiskSteps.SyncFolder(String path) -> sync(path);
            case DiskSteps.Promise _ -> {}
        }
    }

    /** The outcomes worth looking at, should the power be lost now. */
    List<State> states(Random random) {
        Set<String> open = new LinkedHashSet<>(pending.keySet());
        List<String> looked =
                open.stream().filter(path -> !path.contains("/tmp/")).toList();
        List<ToIntFunction<String>> fates = new ArrayList<>();
        fates.add(this::latest);
        fates.add(path -> 0);
        for (String path : looked) {
            fates.add(other -> other.equals(path) ? 0 : latest(other));
            fates.add(other -> other.equals(path) ? latest(other) : 0);
        }
        Map<String, Integer> drawn = new HashMap<>();
        open.forEach(path -> drawn.put(path, random.nextInt(latest(path) + 1)));
        fates.add(path -> Objects.requireNonNull(drawn.get(path)));
        List<State> states = new ArrayList<>();
        for (ToIntFunction<String> fate : fates) {
            for (Torn torn : Torn.values()) {
                states.add(state(fate, torn));
            }
        }
        return states;
    }

    /** How much is there of a file that was not synced. */
    private enum Torn {
        EMPTY,
        ONE_BYTE,
        HALF,
        ALL_BUT_ONE,
        WHOLE;

        byte[] of(byte[] content) {
            int length = switch (this) {
                case EMPTY -> 0;
                case ONE_BYTE -> Math.min(1, content.length);
                case HALF -> content.length / 2;
                case ALL_BUT_ONE -> Math.max(0, content.length - 1);
                case WHOLE -> content.length;
            };
            return Arrays.copyOf(content, length);
        }
    }

    private State state(ToIntFunction<String> fate, Torn torn) {
        Map<String, Entry> names = new TreeMap<>(durable);
        pending.forEach((path, entries) -> {
            int reached = fate.applyAsInt(path);
            if (reached > 0) {
                names.put(path, entries.get(reached - 1));
            }
        });
        Map<String, byte[]> files = new TreeMap<>();
        Set<String> folders = new LinkedHashSet<>();
        names.forEach((path, entry) -> {
            if (!isReachable(path, names)) {
                return;
            }
            switch (entry) {
                case Folder _ -> folders.add(path);
                case File(int number) -> files.put(path, contentOf(number, torn));
                case Nothing _ -> {}
            }
        });
        return new State(files, folders);
    }

    private byte[] contentOf(int number, Torn torn) {
        byte[] content = Objects.requireNonNull(contents.get(number));
        return synced.contains(number) ? content : torn.of(content);
    }

    private static boolean isReachable(String path, Map<String, Entry> names) {
        String above = above(path);
        return above.isEmpty() || (names.get(above) instanceof Folder && isReachable(above, names));
    }

    private int latest(String path) {
        @Nullable List<Entry> entries = pending.get(path);
        return entries == null ? 0 : entries.size();
    }

    private int fileOf(String path) {
        return Objects.requireNonNull(live.get(path), path);
    }

    private void name(String path, int file) {
        live.put(path, file);
        become(path, new File(file));
    }

    private void unname(String path) {
        live.remove(path);
        become(path, new Nothing());
    }

    private void become(String path, Entry entry) {
        pending.computeIfAbsent(path, _ -> new ArrayList<>()).add(entry);
    }

    private void sync(String folder) {
        pending.entrySet().removeIf(name -> {
            boolean stands = above(name.getKey()).equals(folder);
            if (stands) {
                durable.put(name.getKey(), name.getValue().getLast());
            }
            return stands;
        });
    }

    private static String above(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
