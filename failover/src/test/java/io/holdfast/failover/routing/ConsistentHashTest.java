package io.holdfast.failover.routing;

import static io.holdfast.failover.routing.SomeInstances.members;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds are those of chance: fixed keys and ids make them certain, not likely. */
class ConsistentHashTest {

    private static final int KEYS = Boolean.getBoolean("holdfast.full") ? 1_000_000 : 200_000;

    private final Strategy keyless = new RoundRobin();
    private final ConsistentHash unbounded =
            new ConsistentHash("user-service", new BoundedLoad(Double.POSITIVE_INFINITY), keyless);
    private final ConsistentHash bounded = new ConsistentHash("user-service", keyless);

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40, 50})
    void spreadsKeysAsEvenlyAsChance(int n) {
        Map<Member, Integer> keys = new HashMap<>();
        List<Member> members = members(n);

        Random random = new Random(n);
        for (int i = 0; i < KEYS; i++) {
            keys.merge(unbounded.choose(members, key(random)), 1, Integer::sum);
        }

        double average = (double) KEYS / n;
        assertThat(keys).hasSize(n);
        assertThat(Collections.max(keys.values()) / average).isLessThanOrEqualTo(1 + 4 * Math.sqrt((double) n / KEYS));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 50})
    void movesOnlyTheKeysOfTheInstanceThatIsLost(int n) {
        List<Member> before = members(n);
        Member lost = before.get(n / 2);
        List<Member> after = new ArrayList<>(before);
        after.remove(lost);

        int moved = 0;
        Random random = new Random(7);
        for (int i = 0; i < KEYS; i++) {
            String key = key(random);
            Member first = unbounded.choose(before, key);
            if (first.equals(lost)) {
                moved++;
            } else if (!unbounded.choose(after, key).equals(first)) {
                throw new AssertionError("key " + key + " moved between survivors");
            }
        }

        double share = 1.0 / n;
        double deviation = Math.sqrt(KEYS * share * (1 - share));
        assertThat((double) moved).isBetween(KEYS * share - 3 * deviation, KEYS * share + 3 * deviation);
    }

    @Test
    void spreadsTheKeysOfALostInstanceOverAllOthers() {
        List<Member> before = members(11);
        Member lost = before.get(3);
        List<Member> after = new ArrayList<>(before);
        after.remove(lost);
        Map<Member, Integer> taken = new HashMap<>();

        Random random = new Random(11);
        for (int i = 0; i < KEYS / 10; i++) {
            String key = key(random);
            if (unbounded.choose(before, key).equals(lost)) {
                taken.merge(unbounded.choose(after, key), 1, Integer::sum);
            }
        }

        assertThat(taken).hasSize(10);
        assertThat(Collections.max(taken.values())).isLessThan(2 * Collections.min(taken.values()));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 50})
    void noInstanceHasMuchMoreUnderWayThanTheAverageAlsoWhenAFewUsersCallMost(int n) {
        assertThat(highestPeakOverAverage(bounded, n)).isLessThanOrEqualTo(1);
    }

    @Test
    void withoutTheBoundAFewBusyUsersMakeAnInstanceBusy() {
        assertThat(highestPeakOverAverage(unbounded, 30)).isGreaterThan(2);
    }

    /** Keeps a thousand calls under way; the largest peak ever seen as a multiple of 1.25 times the average plus one. */
    private static double highestPeakOverAverage(Strategy strategy, int n) {
        List<Member> members = members(n);
        Deque<Member> underWay = new ArrayDeque<>();
        Zipf users = new Zipf(10_000, 1.1, new Random(5));
        double highest = 0;
        for (int i = 0; i < 50_000; i++) {
            if (underWay.size() == 1_000) {
                underWay.remove().standing().ended();
            }
            Member chosen = strategy.choose(members, "user-" + users.next());
            chosen.standing().began();
            underWay.add(chosen);
            int peak = members.stream()
                    .mapToInt(member -> member.standing().inFlight())
                    .max()
                    .orElseThrow();
            highest = Math.max(highest, peak / (1.25 * underWay.size() / n + 1));
        }
        return highest;
    }

    @Test
    void passesABusyInstanceOverForTheNextAndComesBackToIt() {
        List<Member> members = members(5);
        Member first = bounded.choose(members, "ada");

        first.standing().began();
        Member next = bounded.choose(members, "ada");
        assertThat(next).isNotEqualTo(first).isEqualTo(unbounded.choose(without(members, first), "ada"));

        first.standing().ended();
        assertThat(bounded.choose(members, "ada")).isEqualTo(first);
    }

    @Test
    void twoServicesDoNotShareTheirHotSpots() {
        ConsistentHash other = new ConsistentHash("order-service", new BoundedLoad(Double.POSITIVE_INFINITY), keyless);
        List<Member> members = members(10);

        long same = new Random(3)
                .ints(10_000)
                .mapToObj(String::valueOf)
                .filter(key -> other.choose(members, key).equals(unbounded.choose(members, key)))
                .count();

        assertThat(same).isBetween(900L, 1_100L);
    }

    @Test
    void goesRoundWithoutAKey() {
        List<Member> members = members(3);

        assertThat(List.of(bounded.choose(members, null), bounded.choose(members, null), bounded.choose(members, null)))
                .containsExactlyInAnyOrderElementsOf(members);
    }

    /** A change of these breaks the agreement between callers of two versions that run side by side. */
    @Test
    void allCallersAgreeAlsoThoseOfOtherVersions() {
        assertThat(new Random(1).ints(8).mapToObj(i -> unbounded.choose(members(10), "user-" + i)))
                .extracting(Member::id)
                .containsExactly(
                        "user-service-3",
                        "user-service-5",
                        "user-service-3",
                        "user-service-7",
                        "user-service-5",
                        "user-service-8",
                        "user-service-5",
                        "user-service-8");
    }

    private static List<Member> without(List<Member> members, Member one) {
        return members.stream().filter(member -> !member.equals(one)).toList();
    }

    private static String key(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Numbers from 0, the k-th as frequent as 1/(k+1)^s. */
    private static final class Zipf {
        private final double[] cumulated;
        private final Random random;

        Zipf(int size, double s, Random random) {
            this.cumulated = new double[size];
            this.random = random;
            double sum = 0;
            for (int k = 0; k < size; k++) {
                sum += 1 / Math.pow(k + 1.0, s);
                cumulated[k] = sum;
            }
        }

        int next() {
            int found = Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[cumulated.length - 1]);
            return found < 0 ? -found - 1 : found;
        }
    }
}
