package io.holdfast.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration;
import org.springframework.boot.cassandra.autoconfigure.CassandraConnectionDetails;
import org.springframework.boot.cassandra.autoconfigure.CassandraProperties;
import org.springframework.boot.cassandra.autoconfigure.CqlSessionBuilderCustomizer;
import org.springframework.boot.cassandra.autoconfigure.DriverConfigLoaderBuilderCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.cassandra.autoconfigure.DataCassandraAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.data.cassandra.core.cql.CqlOperations;

import io.holdfast.failover.guard.Guards;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.policy.FailoverPolicy;
import io.holdfast.failover.policy.Tolerance;
import io.holdfast.journal.pause.WritePauses;
import io.holdfast.storage.migration.MigrationException;
import io.holdfast.storage.migration.Migrations;
import io.holdfast.storage.policy.PolicySessions;
import io.holdfast.storage.session.BackgroundSession;
import io.holdfast.storage.session.GuardedCql;
import io.holdfast.storage.session.Statements;
import io.holdfast.storage.session.WriteGate;

/** Puts a {@link BackgroundSession} in the place of Boot's session, which would stop the start while Cassandra is down. */
@AutoConfiguration(
        before = {CassandraAutoConfiguration.class, DataCassandraAutoConfiguration.class},
        afterName = "io.holdfast.failover.guard.GuardAutoConfiguration")
@EnableConfigurationProperties({StorageProperties.class, CassandraProperties.class})
public class StorageAutoConfiguration {

    private static final String MIGRATIONS = "classpath:cassandra/V*__*.cql";

    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnMissingBean(CqlSession.class)
    BackgroundSession cassandraSession(
            CqlSessionBuilder builder,
            CassandraConnectionDetails cassandra,
            StorageProperties storage,
            ResourcePatternResolver files)
            throws IOException {
        return new BackgroundSession(
                builder::build,
                preparing(storage, String.valueOf(cassandra.getLocalDatacenter()), files),
                storage.connectAgainAfter());
    }

    /**
     * As Boot makes it, but of the kind that obeys the policy in force and survives the loss of Cassandra in the middle of
     * a change of the schema.
     */
    @Bean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    @ConditionalOnMissingBean
    CqlSessionBuilder cassandraSessionBuilder(
            DriverConfigLoader options,
            CassandraConnectionDetails cassandra,
            CassandraProperties properties,
            ObjectProvider<PolicyGuards> guards,
            ObjectProvider<CqlSessionBuilderCustomizer> customizers) {
        CqlSessionBuilder builder = PolicySessions.builder(policyOf(guards))
                .withConfigLoader(options)
                .withKeyspace(properties.getKeyspaceName());
        if (cassandra.getUsername() != null && cassandra.getPassword() != null) {
            builder.withAuthCredentials(cassandra.getUsername(), cassandra.getPassword());
        }
        SslBundle tls = cassandra.getSslBundle();
        if (tls != null) {
            builder.withSslEngineFactory(new ProgrammaticSslEngineFactory(
                    tls.createSslContext(),
                    tls.getOptions().getCiphers(),
                    properties.getSsl().isVerifyHostname()));
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder;
    }

    @Bean
    Statements statements(CqlSession session) {
        return new Statements(session);
    }

    @Bean
    @ConditionalOnBean(Guards.class)
    GuardedCql guardedCql(
            Guards guards,
            ObjectProvider<PolicyGuards> policy,
            CqlOperations cql,
            Statements statements,
            WriteGate gate) {
        return new GuardedCql(guards, cql, statements, policyOf(policy), gate);
    }

    @Bean
    WriteGate writeGate(ObjectProvider<WritePauses> pauses, StorageProperties storage) {
        WritePauses known = pauses.getIfAvailable();
        String keyspace = storage.keyspace();
        return known == null || keyspace == null ? WriteGate.open() : WriteGate.of(known, keyspace);
    }

    /**
     * No client-side timestamps unless a statement carries its own, and a node that is back, or hangs, noticed within
     * seconds. The rest says the policy in force.
     */
    @Bean
    DriverConfigLoaderBuilderCustomizer platformDriverOptions() {
        return options -> options.withString(
                        DefaultDriverOption.TIMESTAMP_GENERATOR_CLASS, "ServerSideTimestampGenerator")
                .withBoolean(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false)
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(50))
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(250))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(1))
                .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, Duration.ofSeconds(5))
                .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, Duration.ofSeconds(3));
    }

    private static Supplier<FailoverPolicy> policyOf(ObjectProvider<PolicyGuards> guards) {
        PolicyGuards known = guards.getIfAvailable();
        FailoverPolicy preset = FailoverPolicy.preset(Tolerance.HIGH_AVAILABILITY);
        return known == null ? () -> preset : known::policy;
    }

    private static Consumer<CqlSession> preparing(
            StorageProperties storage, String datacenter, ResourcePatternResolver files) throws IOException {
        String keyspace = storage.keyspace();
        if (keyspace == null) {
            return session -> {};
        }
        if (storage.replicationFactor() < 1) {
            throw new MigrationException("holdfast.storage.replication-factor must be at least 1");
        }
        Migrations migrations =
                new Migrations(keyspace, storage.replicationFactor(), List.of(files.getResources(MIGRATIONS)));
        List<String> datacenters = Stream.concat(Stream.of(datacenter), storage.otherDatacenters().stream())
                .distinct()
                .toList();
        return session -> migrations.apply(session, datacenters);
    }
}
