package io.holdfast.failover.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallsTest {

    private long now;
    private final Calls calls = new Calls(() -> now);
    private final Member member = SomeInstances.members(1).getFirst();

    /** Equal to every other one, as two requests for the same thing are. */
    private record SomeRequest(String path) {}

    @Test
    void countsACallUntilItEndsAndDownOnlyOnce() {
        SomeRequest request = new SomeRequest("/a");
        calls.began(request, member);
        assertThat(member.standing().inFlight()).isEqualTo(1);

        assertThat(calls.ended(request)).isNotNull();
        assertThat(calls.ended(request)).isNull();
        assertThat(member.standing().inFlight()).isZero();
    }

    @Test
    void doesNotTakeTwoEqualRequestsForOne() {
        SomeRequest one = new SomeRequest("/a");
        SomeRequest other = new SomeRequest("/a");
        calls.began(one, member);
        calls.began(other, member);
        assertThat(member.standing().inFlight()).isEqualTo(2);

        calls.ended(one);
        assertThat(member.standing().inFlight()).isEqualTo(1);
    }

    @Test
    void countsARequestThatBeginsAgainOnce() {
        SomeRequest request = new SomeRequest("/a");
        calls.began(request, member);
        calls.began(request, member);

        assertThat(member.standing().inFlight()).isEqualTo(1);
    }

    @Test
    void doesNotCountACallWhoseThreadIsNoMoreAlthoughNobodySaidThatItEnded() throws InterruptedException {
        Thread.startVirtualThread(() -> calls.began(new SomeRequest("/lost"), member))
                .join();
        calls.began(new SomeRequest("/mine"), member);
        assertThat(member.standing().inFlight()).isEqualTo(2);

        now += 1_500_000_000L;
        calls.began(new SomeRequest("/next"), member);

        assertThat(member.standing().inFlight()).isEqualTo(2);
    }

    @Test
    void saysWhenACallBegan() {
        now = 42;
        SomeRequest request = new SomeRequest("/a");
        calls.began(request, member);
        now = 99;

        assertThat(calls.ended(request))
                .isNotNull()
                .extracting(Calls.Call::began)
                .isEqualTo(42L);
    }
}
