package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.holdfast.backup.repository.MemoryBlobStore;
import io.holdfast.backup.snapshot.DamagedRepository.Outcome;

/** Whatever changes in a repository, the backups that need it are named, no others are, and nothing is read wrongly. */
class DamageTest {
    private static final boolean FULL = Boolean.getBoolean("holdfast.full");
    private static final int[] BITS = {0, 7};
    private static final int EVERY = FULL ? 1 : 13;
    private static final int RANDOM_CHANGES = FULL ? 10_000 : 400;
    private static final long SEED = Long.getLong("holdfast.seed", 20_261_121L);

    @Test
    @Tag("long")
    void everyFlippedBitOfASmallRepositoryIsFoundOrHarmless() {
        DamagedRepository small = new DamagedRepository(3, 2);
        int flips = 0;
        for (String name : small.whole.names()) {
            int size = Math.toIntExact(small.whole.size(name).orElseThrow());
            for (int position = flips % EVERY; position < size; position += EVERY) {
                for (int bit : BITS) {
                    int at = position;
                    assertFound(
                            small,
                            Set.of(name),
                            small.after(store -> store.replace(name, flipped(store.read(name), at, bit))),
                            "bit %d of byte %d of %s".formatted(bit, at, name));
                    flips++;
                }
            }
        }
        assertThat(flips).isGreaterThan(FULL ? 10_000 : 800);
    }

    @Test
    void randomFlipsTruncationsSwapsDeletionsAndDuplicationsAreFound() {
        DamagedRepository large = new DamagedRepository(6, 8);
        List<String> names = large.whole.names();
        Random random = new Random(SEED);
        for (int change = 0; change < RANDOM_CHANGES; change++) {
            String one = names.get(random.nextInt(names.size()));
            String other = names.get(random.nextInt(names.size()));
            ByteBuffer content = large.whole.read(one);
            int position = content.hasRemaining() ? random.nextInt(content.remaining()) : 0;
            int bit = random.nextInt(8);
            String what = "seed %d, change %d: %%s %s, %s".formatted(SEED, change, one, other);
            switch (content.hasRemaining() ? random.nextInt(6) : 5) {
                case 0 ->
                    assertFound(
                            large,
                            Set.of(one),
                            large.after(store -> store.replace(one, flipped(content, position, bit))),
                            what.formatted("flip bit " + bit + " of byte " + position));
                case 1 ->
                    assertFound(
                            large,
                            Set.of(one),
                            large.after(store -> store.replace(one, content.slice(0, position))),
                            what.formatted("truncate to " + position));
                case 2 ->
                    assertFound(
                            large,
                            one.equals(other) ? Set.of() : Set.of(one, other),
                            large.after(store -> swap(store, one, other)),
                            what.formatted("swap"));
                case 3 ->
                    assertFound(
                            large,
                            one.equals(other) ? Set.of() : Set.of(other),
                            large.after(store -> store.replace(other, content)),
                            what.formatted("copy over the second the"));
                case 4 -> {
                    String free = freeNameLike(one, random);
                    assertFound(
                            large,
                            Set.of(free),
                            large.after(store -> store.replace(free, content)),
                            what.formatted("copy to " + free + " the"));
                }
                default ->
                    assertFound(large, Set.of(one), large.after(store -> store.delete(one)), what.formatted("delete"));
            }
        }
    }

    /** The backups that need one of the files are damaged, and no others; or all are refused when what all need was changed. */
    private static void assertFound(DamagedRepository repository, Set<String> changed, Outcome outcome, String what) {
        boolean forAll = changed.stream().anyMatch(name -> name.equals("config") || name.startsWith("keys"));
        switch (outcome) {
            case Outcome.Refused refused ->
                assertThat(forAll).as(what + ": " + refused.reason()).isTrue();
            case Outcome.Opened opened -> {
                Set<UUID> needed = new HashSet<>();
                changed.forEach(name -> needed.addAll(repository.owners.getOrDefault(name, Set.of())));
                Set<UUID> withoutAKey = new HashSet<>(needed);
                withoutAKey.addAll(repository.ofTheNewestKey);
                if (forAll) {
                    assertThat(opened.found()).as(what).isIn(needed, withoutAKey);
                } else {
                    assertThat(opened.found()).as(what).isEqualTo(needed);
                }
                assertThat(opened.strangers().size())
                        .as(what)
                        .isEqualTo(changed.stream().anyMatch(name -> isStranger(repository, name)) ? 1 : 0);
                assertListed(repository, changed, opened, what);
            }
        }
    }

    /** Before it is verified, no backup is good because of a changed verdict, or for want of a manifest. */
    private static void assertListed(
            DamagedRepository repository, Set<String> changed, Outcome.Opened opened, String what) {
        for (UUID id : repository.ids()) {
            boolean verdictChanged = changed.contains("verdicts/" + id);
            boolean verdictGone = verdictChanged && what.contains("delete");
            if (changed.contains("snapshots/" + id + ".manifest")
                    || (verdictChanged && !verdictGone)
                    || (id.equals(repository.condemned) && !verdictGone)) {
                assertThat(opened.listed()).as(what).contains(id);
            } else if (!opened.found().contains(id)) {
                assertThat(opened.listed()).as(what).doesNotContain(id);
            }
        }
    }

    private static boolean isStranger(DamagedRepository repository, String name) {
        return name.startsWith("snapshots/") && name.endsWith(".manifest") && !repository.owners.containsKey(name);
    }

    private static String freeNameLike(String name, Random random) {
        String folder = name.contains("/") ? name.substring(0, name.indexOf('/')) : "";
        return switch (folder) {
            case "objects" -> name.substring(0, name.length() - 8) + "%08x".formatted(random.nextInt());
            case "snapshots" ->
                random.nextBoolean() ? "snapshots/" + new UUID(9, random.nextLong()) + ".manifest" : "snapshots/copy";
            case "verdicts" -> "verdicts/" + new UUID(9, random.nextLong());
            case "keys" -> "keys/" + (random.nextBoolean() ? "7" : "copy");
            default -> name + "-copy";
        };
    }

    private static void swap(MemoryBlobStore store, String one, String other) {
        ByteBuffer first = store.read(one);
        store.replace(one, store.read(other));
        store.replace(other, first);
    }

    private static ByteBuffer flipped(ByteBuffer content, int position, int bit) {
        ByteBuffer flipped = ByteBuffer.allocate(content.remaining()).put(content.duplicate());
        flipped.flip();
        flipped.put(position, (byte) (flipped.get(position) ^ (1 << bit)));
        return flipped;
    }
}
