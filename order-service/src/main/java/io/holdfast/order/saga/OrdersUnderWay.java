package io.holdfast.order.saga;

import java.time.Duration;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;

/**
 * Orders that a request is taking through their steps on this instance. Only a courtesy: whoever applies the journal leaves them to it for a
 * while, and does not do all of it a second time just when there is too much to do.
 */
@Component
public class OrdersUnderWay {

    /** Longer than anybody waits for one, so that none stays for ever whose end was missed. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int MOST = 20_000;

    private final Cache<String, Boolean> orders =
            Caffeine.newBuilder().expireAfterWrite(LONGEST).maximumSize(MOST).build();

    public void begin(UUID order) {
        orders.put(order.toString(), true);
    }

    public void end(UUID order) {
        orders.invalidate(order.toString());
    }

    /** Whether it is among them, by its id in whatever text somebody else wrote. */
    public boolean contains(String order) {
        return orders.getIfPresent(order) != null;
    }
}
