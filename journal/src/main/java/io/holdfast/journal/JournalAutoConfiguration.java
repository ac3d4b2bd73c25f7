package io.holdfast.journal;

import java.nio.file.Path;
import java.time.InstantSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.holdfast.journal.clock.ClockNode;
import io.holdfast.journal.clock.HybridClock;

/** Gives a service its clock: the node from {@code holdfast.instance}, the mark in {@code holdfast.state-dir}. */
@AutoConfiguration
public class JournalAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    InstantSource wallClock() {
        return InstantSource.system();
    }

    @Bean
    @ConditionalOnMissingBean
    HybridClock hybridClock(InstantSource wallClock, Environment environment) {
        ClockNode node = ClockNode.of(environment.getRequiredProperty("holdfast.instance"));
        Path stateFolder = Path.of(environment.getRequiredProperty("holdfast.state-dir"));
        return HybridClock.open(wallClock, node, stateFolder.resolve("clock.mark"));
    }
}
