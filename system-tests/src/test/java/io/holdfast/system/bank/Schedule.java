package io.holdfast.system.bank;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The faults of a run, one after the other. The same seed makes the same schedule. Faults are dealt like cards, so that
 * none comes twice before all have come; the first cards hold what a short run must not miss.
 */
record Schedule(long seed, List<Fault> faults) {

    static final List<String> PARTS = List.of("order-service-1", "user-service-1", "cassandra-1", "kafka-1");

    /** Nothing can be written then: every order gets 503. */
    private static final Card BOTH_STORES = new Card(Fault.Kind.KILL, List.of("cassandra-1", "kafka-1"), "");

    private static final Card ORDER_SERVICE = new Card(Fault.Kind.KILL, List.of("order-service-1"), "");

    /** What a killed part takes to be back, roughly. */
    private static final Duration RETURN = Duration.ofSeconds(6);

    Schedule {
        faults = List.copyOf(faults);
    }

    /**
     * Deals faults until they take about so long.
     *
     * @param points at which order-service can be told to end itself
     */
    static Schedule of(long seed, Duration length, List<String> points) {
        Random chance = new Random(seed);
        List<Fault> faults = new ArrayList<>();
        List<Card> deck = new ArrayList<>(firstDeck(points, chance));
        for (long left = length.toMillis(); left > 0; ) {
            if (deck.isEmpty()) {
                deck.addAll(shuffled(points, chance));
            }
            Fault fault = deck.removeFirst().fault(chance);
            faults.add(fault);
            left -= fault.calm().plus(fault.lasting()).toMillis();
            left -= fault.kind() == Fault.Kind.STOP ? 0 : RETURN.toMillis();
        }
        return new Schedule(seed, faults);
    }

    private static List<Card> firstDeck(List<String> points, Random chance) {
        List<Card> deck = shuffled(points, chance);
        List<Card> first = new ArrayList<>(List.of(BOTH_STORES, ORDER_SERVICE));
        Collections.shuffle(first, chance);
        deck.removeAll(first);
        deck.addAll(0, first);
        return deck;
    }

    private static List<Card> shuffled(List<String> points, Random chance) {
        List<Card> deck = new ArrayList<>();
        for (String part : PARTS) {
            deck.add(new Card(Fault.Kind.KILL, List.of(part), ""));
            deck.add(new Card(Fault.Kind.STOP, List.of(part), ""));
        }
        for (int one = 0; one < PARTS.size(); one++) {
            for (int other = one + 1; other < PARTS.size(); other++) {
                Fault.Kind kind = chance.nextBoolean() ? Fault.Kind.KILL : Fault.Kind.STOP;
                deck.add(new Card(kind, List.of(PARTS.get(one), PARTS.get(other)), ""));
            }
        }
        deck.remove(new Card(Fault.Kind.STOP, BOTH_STORES.parts(), ""));
        deck.remove(BOTH_STORES);
        deck.add(BOTH_STORES);
        points.forEach(point -> deck.add(new Card(Fault.Kind.CRASH, List.of("order-service-1"), point)));
        Collections.shuffle(deck, chance);
        return deck;
    }

    @Override
    public String toString() {
        return IntStream.range(0, faults.size())
                .mapToObj(number -> "%4d. %s".formatted(number + 1, faults.get(number)))
                .collect(Collectors.joining("\n", "schedule of seed " + seed + ":\n", ""));
    }

    private record Card(Fault.Kind kind, List<String> parts, String point) {

        Fault fault(Random chance) {
            Duration calm = between(chance, 1_000, 4_000);
            Duration lasting = kind == Fault.Kind.STOP ? between(chance, 3_000, 12_000) : between(chance, 2_000, 5_000);
            return new Fault(kind, parts, calm, lasting, point);
        }

        private static Duration between(Random chance, int least, int most) {
            return Duration.ofMillis(least + chance.nextInt((most - least) / 100 + 1) * 100L);
        }
    }
}
