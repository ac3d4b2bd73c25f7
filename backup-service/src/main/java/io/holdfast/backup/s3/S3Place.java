package io.holdfast.backup.s3;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Which bucket holds the backups, and how it is reached. Who may use it is told by the environment, never here.
 *
 * @param bucket its name
 * @param prefix stands in front of every key; empty, or ending with a slash
 * @param endpoint where the store is when it is not Amazon's
 * @param region in which the bucket is
 * @param pathStyle whether the bucket is named in the path instead of the host, as most stores beside Amazon's want it
 */
public record S3Place(
        String bucket, String prefix, @Nullable URI endpoint, String region, boolean pathStyle) {
    private static final Pattern ADDRESS =
            Pattern.compile("s3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(?<prefix>[A-Za-z0-9!_.*'()/-]*))?");

    /** Whether this is meant as the address of a bucket. */
    public static boolean isAddress(String repository) {
        return repository.startsWith("s3:");
    }

    /**
     * Reads an address.
     *
     * @param repository {@code s3://bucket} or {@code s3://bucket/prefix}
     * @throws IllegalArgumentException that says what is allowed
     */
    public static S3Place of(String repository, @Nullable URI endpoint, String region, boolean pathStyle) {
        Matcher address = ADDRESS.matcher(repository);
        if (!address.matches()) {
            throw new IllegalArgumentException(
                    // Not quoted: someone may have written his key into it.
                    "backup.repository is not the address of a bucket: write s3://bucket or s3://bucket/prefix");
        }
        if (endpoint != null && endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "backup.s3.endpoint: '%s' is not an address; write https://host or https://host:port"
                            .formatted(endpoint));
        }
        return new S3Place(address.group("bucket"), prefix(address.group("prefix")), endpoint, region, pathStyle);
    }

    private static String prefix(@Nullable String text) {
        if (text == null || text.isEmpty() || text.endsWith("/")) {
            return text == null ? "" : text;
        }
        return text + "/";
    }

    @Override
    public String toString() {
        String where = "s3://%s/%s".formatted(bucket, prefix);
        return endpoint == null ? where : "%s at %s".formatted(where, endpoint);
    }
}
