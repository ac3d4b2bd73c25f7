package io.holdfast.user.showing;

import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;

import io.holdfast.failover.fallback.NearCache;
import io.holdfast.failover.fallback.NearCaches;

/** Users that were read here lately, as they were then: what is shown of them while Cassandra gives no answer. */
@Component
public class KnownUsers {

    private final NearCache<UUID, UserView> users;

    KnownUsers(NearCaches nearCaches) {
        this.users = nearCaches.of("cassandra", Comparator.comparing(UserView::created));
    }

    /** Takes note of a user whose row Cassandra did not take yet. */
    public void keep(UserView user) {
        users.keep(user.id(), user);
    }

    /**
     * The user as Cassandra has him, or else as he was last known.
     *
     * @param asking asks Cassandra; empty means that there is no such user
     */
    Optional<UserView> find(UUID id, Supplier<Optional<UserView>> asking) {
        return users.find(id, asking);
    }

    /** Forgets all of them: their rows have been replaced. */
    void forgetAll() {
        users.forgetAll();
    }
}
