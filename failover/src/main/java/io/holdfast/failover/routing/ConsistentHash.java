package io.holdfast.failover.routing;

import java.util.List;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import org.jspecify.annotations.Nullable;

/**
 * The same key to the same instance: rendezvous hashing (Thaler and Ravishankar, "Using name-based mappings to increase hit
 * rates", 1998). Each instance gets a weight for the key, the highest wins, so that the loss of one moves its keys only, each
 * to where it ranks next. Weights are XXH3 over the hashes of key and id, seeded with the service's name: callers in all
 * processes agree, and two services do not share their hot spots.
 *
 * <p>The load is bounded: an instance that would have more than its share of calls under way is passed over for the next.
 */
final class ConsistentHash implements Strategy {

    private final Hasher64 hasher;
    private final BoundedLoad load;
    private final Strategy keyless;

    /** @param keyless how calls without a key are spread */
    ConsistentHash(String service, Strategy keyless) {
        this(service, BoundedLoad.usual(), keyless);
    }

    ConsistentHash(String service, BoundedLoad load, Strategy keyless) {
        this.hasher = Hashing.xxh3_64(Hashing.xxh3_64().hashCharsToLong(service));
        this.load = load;
        this.keyless = keyless;
    }

    @Override
    public Member choose(List<Member> candidates, @Nullable String key) {
        if (key == null) {
            return keyless.choose(candidates, null);
        }
        long hash = hasher.hashCharsToLong(key);
        Member first = highest(candidates, hash, Double.POSITIVE_INFINITY);
        double most = load.most(candidates);
        return BoundedLoad.takesOneMore(first, most) ? first : highest(candidates, hash, most);
    }

    /**
     * The highest weight for the key among those that take one more call. One instance at least does, unless calls begin
     * while we look; then it is the first.
     */
    private Member highest(List<Member> candidates, long key, double most) {
        Member best = candidates.getFirst();
        long highest = Long.MIN_VALUE;
        for (int i = 0; i < candidates.size(); i++) {
            Member member = candidates.get(i);
            long weight = hasher.hashLongLongToLong(key, member.hash());
            if (weight > highest && BoundedLoad.takesOneMore(member, most)) {
                best = member;
                highest = weight;
            }
        }
        return best;
    }
}
