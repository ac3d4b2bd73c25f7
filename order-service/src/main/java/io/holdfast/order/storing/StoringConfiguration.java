package io.holdfast.order.storing;

import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.cassandra.core.cql.AsyncCqlTemplate;

import io.holdfast.failover.fallback.NearCache;
import io.holdfast.failover.fallback.NearCaches;
import io.holdfast.journal.apply.OwnWrites;
import io.holdfast.journal.overlay.Overlay;
import io.holdfast.journal.overlay.Overlays;
import io.holdfast.journal.record.RowType;
import io.holdfast.order.Order;

@Configuration(proxyBeanMethods = false)
class StoringConfiguration {

    @Bean
    AsyncCqlTemplate asyncCqlTemplate(CqlSession session) {
        return new AsyncCqlTemplate(session);
    }

    @Bean
    RowType<JournaledOrder> journaledOrders() {
        return JournaledOrder.ROWS;
    }

    @Bean
    Overlay<JournaledOrder> unappliedOrders(Overlays overlays) {
        return overlays.of(JournaledOrder.ROWS);
    }

    @Bean
    OwnWrites ownWrites() {
        return new OwnWrites();
    }

    /** Orders as they were last read or written here. */
    @Bean
    NearCache<UUID, Order> knownOrders(NearCaches nearCaches) {
        return nearCaches.of("cassandra", JournaledOrder.DECISIONS);
    }
}
