package io.holdfast.backup.s3;

import java.time.Duration;

import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Connections to stores that speak S3. */
final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private S3Clients() {}

    /**
     * A client with the credentials of the environment, found the way Amazon's own tools find them. It does not repeat calls: the guard
     * does, which knows what may be repeated.
     */
    static S3Client of(S3Place place) {
        return builder(place).build();
    }

    static S3ClientBuilder builder(S3Place place) {
        S3ClientBuilder client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .region(Region.of(place.region()))
                .forcePathStyle(place.pathStyle())
                .overrideConfiguration(all -> all.retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (place.endpoint() != null) {
            client.endpointOverride(place.endpoint());
        }
        return client;
    }
}
