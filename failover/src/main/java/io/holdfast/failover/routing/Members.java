package io.holdfast.failover.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/** The instances of one service as the registry listed them last, by id. */
final class Members {

    private final List<ServiceInstance> listed;
    private final List<Member> all;
    private final Map<String, Member> byAddress;

    private Members(List<ServiceInstance> listed, List<Member> all, Map<String, Member> byAddress) {
        this.listed = listed;
        this.all = all;
        this.byAddress = byAddress;
    }

    static Members none() {
        return new Members(List.of(), List.of(), Map.of());
    }

    /** The same service as it is listed now. Who was known at an address keeps its standing there. */
    Members as(List<ServiceInstance> now) {
        Map<String, Member> byAddress = new HashMap<>();
        for (ServiceInstance server : now) {
            String address = Member.addressOf(server);
            Member known = this.byAddress.get(address);
            byAddress.put(address, Member.of(server, known == null ? new Standing() : known.standing()));
        }
        List<Member> all = byAddress.values().stream()
                .sorted(Comparator.comparing(Member::id).thenComparing(member -> Member.addressOf(member.server())))
                .toList();
        return new Members(List.copyOf(now), List.copyOf(all), Map.copyOf(byAddress));
    }

    boolean areListedAs(List<ServiceInstance> now) {
        if (now.size() != listed.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (!Member.isSame(listed.get(i), now.get(i))) {
                return false;
            }
        }
        return true;
    }

    List<Member> all() {
        return all;
    }

    /** Those that are not ejected: the same list as {@link #all} as long as none is. */
    List<Member> up() {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isUp()) {
                return all.stream().filter(Member::isUp).toList();
            }
        }
        return all;
    }

    /** Those that are not ejected, and those whose trial is due; they keep the order of {@link #all}. */
    List<Member> upOrOnTrial(long now) {
        List<Member> candidates = new ArrayList<>();
        for (Member member : all) {
            if (member.isUp() || member.standing().isTrialDue(now)) {
                candidates.add(member);
            }
        }
        return candidates;
    }

    @Nullable
    Member at(String address) {
        return byAddress.get(address);
    }
}
