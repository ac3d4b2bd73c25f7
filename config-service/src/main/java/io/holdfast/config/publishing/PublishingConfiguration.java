package io.holdfast.config.publishing;

import java.time.InstantSource;

import org.springframework.cloud.bus.BusProperties;
import org.springframework.cloud.bus.event.Destination;
import org.springframework.cloud.bus.event.RefreshRemoteApplicationEvent;
import org.springframework.cloud.config.server.environment.MultipleJGitEnvironmentRepository;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

import io.holdfast.config.cipher.CipherCheck;
import io.holdfast.config.folder.ConfigFolder;
import io.holdfast.config.folder.FolderCheck;
import io.holdfast.config.folder.FolderWatch;
import io.holdfast.config.version.VersionStore;
import io.holdfast.failover.live.PolicyInForce;

/** Wires folder, versions and bus. All of it runs before the first reader is let in. */
@Configuration(proxyBeanMethods = false)
class PublishingConfiguration {

    @Bean
    ConfigFolder configFolder(PublishingProperties properties) {
        return new ConfigFolder(properties.folder());
    }

    @Bean
    VersionStore versionStore(PublishingProperties properties) {
        return VersionStore.open(properties.versions(), InstantSource.system());
    }

    @Bean
    Publisher publisher(
            ConfigFolder folder,
            CipherCheck ciphers,
            VersionStore store,
            MultipleJGitEnvironmentRepository served,
            ApplicationEventPublisher events,
            BusProperties bus,
            Destination.Factory destinations) {
        return new Publisher(
                folder,
                new FolderCheck(ciphers),
                store,
                served,
                InstantSource.system(),
                () -> events.publishEvent(
                        new RefreshRemoteApplicationEvent(bus, bus.getId(), destinations.getDestination(null))));
    }

    @Bean
    OwnPolicy ownPolicy(Publisher publisher, ConfigurableEnvironment environment, PolicyInForce policy) {
        OwnPolicy own = new OwnPolicy(environment, policy);
        publisher.follow(own::follow);
        return own;
    }

    @Bean
    FolderWatch folderWatch(PublishingProperties properties, ConfigFolder folder, Publisher publisher) {
        return new FolderWatch(folder, publisher.firstSeen(), properties.lookEvery(), publisher::publish);
    }
}
