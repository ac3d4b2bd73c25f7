package io.holdfast.config.publishing;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where configuration comes from and goes to.
 *
 * @param folder what a person edits
 * @param versions the repository of accepted states, outside the folder
 * @param lookEvery how often the folder is looked at
 */
@ConfigurationProperties("holdfast.publishing")
record PublishingProperties(
        Path folder, Path versions, @DefaultValue("60ms") Duration lookEvery) {}
