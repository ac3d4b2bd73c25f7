package io.holdfast.order.storing;

import com.datastax.oss.driver.api.core.CqlSession;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.cassandra.core.AsyncCassandraTemplate;
import org.springframework.data.cassandra.core.convert.CassandraConverter;

@Configuration(proxyBeanMethods = false)
class StoringConfiguration {

    @Bean
    AsyncCassandraTemplate asyncCassandraTemplate(CqlSession session, CassandraConverter converter) {
        return new AsyncCassandraTemplate(session, converter);
    }
}
