package io.holdfast.backup.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import io.holdfast.backup.repository.BlobNames;
import io.holdfast.backup.repository.BlobStore;
import io.holdfast.backup.repository.NoSuchBlobException;
import io.holdfast.backup.repository.UnusableStoreException;

/**
 * Blobs as objects of one bucket. A blob is created with {@code If-None-Match: *}, and sent with its SHA-256, so that the store refuses
 * what was changed on the way. A store that writes over an object all the same would let two workers commit one backup: it is found out
 * before the first create, and refused.
 */
public final class S3BlobStore implements BlobStore, AutoCloseable {
    private static final String TEMPORARY = "tmp";
    private static final Duration LONGEST_PROBE = Duration.ofHours(1);
    private static final int TAKEN = 412;

    private final S3Client client;
    private final S3Place place;
    private final S3Refusals refusals;
    private final InstantSource clock;
    private boolean exclusive;

    public S3BlobStore(S3Place place) {
        this(place, S3Clients.of(place), InstantSource.system());
    }

    S3BlobStore(S3Place place, S3Client client, InstantSource clock) {
        this.place = place;
        this.client = client;
        this.refusals = new S3Refusals(place);
        this.clock = clock;
    }

    @Override
    public boolean create(String name, ByteBuffer content) {
        return call("create", name, () -> {
            requireExclusiveCreate();
            // Asked first: what is there already is not sent only to be refused.
            return size(name).isEmpty() && createNow(name, content);
        });
    }

    @Override
    public void replace(String name, ByteBuffer content) {
        call("replace", name, () -> client.putObject(put(name, content).build(), body(content)));
    }

    @Override
    public ByteBuffer read(String name) {
        return call("read", name, () -> {
            try {
                return client.getObjectAsBytes(request ->
                                request.bucket(place.bucket()).key(key(name)).checksumMode(ChecksumMode.ENABLED))
                        .asByteBuffer();
            } catch (NoSuchKeyException missing) {
                throw new NoSuchBlobException(name, missing);
            }
        });
    }

    @Override
    public OptionalLong size(String name) {
        return call("look at", name, () -> {
            try {
                return OptionalLong.of(client.headObject(
                                request -> request.bucket(place.bucket()).key(key(name)))
                        .contentLength());
            } catch (NoSuchKeyException missing) {
                return OptionalLong.empty();
            }
        });
    }

    @Override
    public List<String> list(String folder) {
        return call(
                "list",
                folder,
                () -> objects(folder)
                        .map(object -> object.key().substring(place.prefix().length()))
                        .filter(BlobNames::isOne)
                        .sorted()
                        .toList());
    }

    @Override
    public boolean delete(String name) {
        // The store does not say whether there was something to delete.
        boolean isThere = size(name).isPresent();
        call("delete", name, () -> remove(key(name)));
        return isThere;
    }

    /** Probes of processes that were killed in between. */
    @Override
    public int sweep() {
        return call("sweep", TEMPORARY, () -> {
            Instant oldest = clock.instant().minus(LONGEST_PROBE);
            List<S3Object> left = objects(TEMPORARY)
                    .filter(object -> object.lastModified().isBefore(oldest))
                    .toList();
            left.forEach(object -> remove(object.key()));
            return left.size();
        });
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return place.toString();
    }

    private Stream<S3Object> objects(String folder) {
        return client
                .listObjectsV2Paginator(
                        request -> request.bucket(place.bucket()).prefix(key(folder) + "/"))
                .contents()
                .stream();
    }

    private Object remove(String key) {
        return client.deleteObject(request -> request.bucket(place.bucket()).key(key));
    }

    private synchronized void requireExclusiveCreate() {
        if (exclusive) {
            return;
        }
        String probe = TEMPORARY + "/" + UUID.randomUUID();
        ByteBuffer content = ByteBuffer.wrap(new byte[] {'?'});
        boolean first;
        boolean second;
        try {
            first = createNow(probe, content);
            second = createNow(probe, content);
        } finally {
            remove(key(probe));
        }
        if (!first || second) {
            throw refusals.withoutExclusiveCreate();
        }
        exclusive = true;
    }

    private boolean createNow(String name, ByteBuffer content) {
        try {
            client.putObject(put(name, content).ifNoneMatch("*").build(), body(content));
            return true;
        } catch (S3Exception refused) {
            if (refused.statusCode() == TAKEN) {
                return false;
            }
            throw refused;
        }
    }

    private PutObjectRequest.Builder put(String name, ByteBuffer content) {
        return PutObjectRequest.builder().bucket(place.bucket()).key(key(name)).checksumSHA256(sha256(content));
    }

    private static RequestBody body(ByteBuffer content) {
        return RequestBody.fromByteBuffer(content.duplicate());
    }

    private static String sha256(ByteBuffer content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.duplicate());
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String key(String name) {
        return place.prefix() + name;
    }

    private <T> T call(String verb, String name, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException failed) {
            UnusableStoreException refusal = refusals.of(failed);
            if (refusal != null) {
                throw refusal;
            }
            throw new UncheckedIOException(
                    "Cannot %s %s in %s".formatted(verb, name, place), new IOException(failed.getMessage(), failed));
        }
    }
}
