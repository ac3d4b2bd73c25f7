package io.holdfast.failover.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class RoundRobinTest {

    private final RoundRobin roundRobin = new RoundRobin();
    private final List<Member> members = SomeInstances.members(2);

    @Test
    void eachGetsItsTurnWhileAllAreEquallyQuick() {
        List<Member> chosen = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            chosen.add(roundRobin.choose(members, null));
        }

        assertThat(chosen.subList(0, 2)).containsExactlyInAnyOrderElementsOf(members);
        assertThat(chosen.subList(2, 4)).isEqualTo(chosen.subList(0, 2));
        assertThat(chosen.subList(4, 6)).isEqualTo(chosen.subList(0, 2));
    }

    /** A call begins in each tick; the first instance takes ten ticks for one, the second one takes one. */
    @Test
    void whoTakesTenTimesAsLongGetsSoMuchLessThatFewWaitForIt() {
        Map<Member, Integer> calls = new HashMap<>();
        Deque<Integer> endsOfTheSlow = new ArrayDeque<>();
        int mostAtTheSlow = 0;
        Member slow = members.getFirst();
        for (int tick = 0; tick < 1000; tick++) {
            while (!endsOfTheSlow.isEmpty() && endsOfTheSlow.getFirst() <= tick) {
                endsOfTheSlow.removeFirst();
                slow.standing().ended();
            }
            Member chosen = roundRobin.choose(members, null);
            calls.merge(chosen, 1, Integer::sum);
            if (chosen.equals(slow)) {
                slow.standing().began();
                endsOfTheSlow.add(tick + 10);
            }
            mostAtTheSlow = Math.max(mostAtTheSlow, endsOfTheSlow.size());
        }

        assertThat(mostAtTheSlow).isLessThanOrEqualTo(2);
        assertThat(calls.getOrDefault(slow, 0)).isBetween(100, 250);
    }
}
