package io.holdfast.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration;
import org.springframework.boot.cassandra.autoconfigure.CqlSessionBuilderCustomizer;
import org.springframework.boot.data.cassandra.autoconfigure.DataCassandraAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.data.cassandra.observability.ObservableCqlSessionFactory;
import org.springframework.data.cassandra.observability.ObservationRequestTracker;

import io.holdfast.failover.trace.TraceAutoConfiguration;
import io.holdfast.storage.session.BackgroundSession;

/**
 * A span for each statement, with its text as it was prepared and never the values bound to it. Only where traces are
 * stored: each statement goes through proxies then.
 */
@AutoConfiguration(
        after = StorageAutoConfiguration.class,
        before = {CassandraAutoConfiguration.class, DataCassandraAutoConfiguration.class})
@ConditionalOnProperty(TraceAutoConfiguration.URL)
public class StatementSpansAutoConfiguration {

    @Bean
    CqlSessionBuilderCustomizer endOfSpans() {
        return builder -> builder.addRequestTracker(ObservationRequestTracker.INSTANCE);
    }

    /** Around the session that is there before Cassandra is, so that statements which fail without it are seen too. */
    @Bean(destroyMethod = "")
    @Primary
    @ConditionalOnBean(BackgroundSession.class)
    CqlSession observedSession(BackgroundSession session, ObservationRegistry observations) {
        return ObservableCqlSessionFactory.wrap(session, "cassandra", observations);
    }
}
