package io.holdfast.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import io.holdfast.backup.repository.BlobStore;
import io.holdfast.backup.repository.BlobStoreContract;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.TestRepositories;
import io.holdfast.backup.repository.UnusableStoreException;
import io.holdfast.backup.slice.Rows;

/** On a real store that speaks S3. */
@Tag("long")
class S3BlobStoreIT extends BlobStoreContract {
    @SuppressWarnings("NullAway.Init")
    private static S3Server server;

    @SuppressWarnings("NullAway.Init")
    private S3Place bucket;

    @BeforeAll
    static void start() throws IOException {
        server = S3Server.start();
    }

    @AfterAll
    static void end() throws IOException {
        server.close();
    }

    @BeforeEach
    void newBucket() {
        bucket = server.newBucket();
    }

    @Override
    protected BlobStore store() {
        return store(bucket, server.client(S3Server.KEY_ID, S3Server.SECRET));
    }

    @Test
    void listsManyPages() {
        BlobStore store = store(
                bucket,
                changing(request -> request instanceof ListObjectsV2Request list
                        ? list.toBuilder().maxKeys(7).build()
                        : request));
        List<String> names =
                IntStream.range(100, 150).mapToObj("objects/ab/%d"::formatted).toList();
        names.forEach(name -> store.create(name, Rows.text(name)));

        assertThat(store.list("objects")).containsExactlyElementsOf(names);
    }

    @Test
    void aBucketThatIsNotThereIsNamed() {
        assertRefused(
                store(server.place("nobody-made-this"), server.client(S3Server.KEY_ID, S3Server.SECRET)),
                "There is no bucket nobody-made-this");
    }

    @Test
    void deniedCredentialsAreNamed() {
        assertRefused(store(bucket, server.client(S3Server.KEY_ID, "another secret")), "Access denied");
        assertRefused(store(bucket, server.client("nobody", "another secret")), "Access denied");
    }

    @Test
    void aStoreThatWritesOverWhatIsThereIsFoundOutBeforeItHoldsAnything() {
        BlobStore careless = store(
                bucket,
                changing(request -> request instanceof PutObjectRequest put
                        ? put.toBuilder().ifNoneMatch(null).build()
                        : request));

        assertRefused(careless, "does not honour If-None-Match");
        assertThat(store().list("keys")).isEmpty();
        assertThat(store().list("tmp")).isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsAFailureAndNoAnswer() {
        S3Place away = new S3Place(bucket.bucket(), "", URI.create("http://127.0.0.1:1"), "us-east-1", true);
        S3Client client = S3Clients.builder(away)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();

        assertThatThrownBy(() -> store(away, client).read("config"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot read config in s3://" + bucket.bucket());
    }

    @Test
    void whatIsThereIsNotSentAgain() {
        List<String> sent = new CopyOnWriteArrayList<>();
        BlobStore store = store(bucket, changing(request -> {
            if (request instanceof PutObjectRequest put) {
                sent.add(put.key());
            }
            return request;
        }));

        assertThat(store.create("objects/ab/abc", Rows.text("content"))).isTrue();
        assertThat(store.create("objects/ab/abc", Rows.text("content"))).isFalse();

        assertThat(sent).containsOnlyOnce(bucket.prefix() + "objects/ab/abc");
    }

    @Test
    void objectsOfOthersAreNoBlobs() {
        S3Client client = server.client(S3Server.KEY_ID, S3Server.SECRET);
        for (String key : List.of("objects/Thumbs.db", "running/.keep", "running/One")) {
            client.putObject(
                    request -> request.bucket(bucket.bucket()).key(bucket.prefix() + key), RequestBody.fromString("x"));
        }

        assertThat(store().list("objects")).isEmpty();
        assertThat(store().list("running")).isEmpty();
    }

    @Test
    void whatWasChangedOnTheWayIsRefusedByTheStore() {
        BlobStore store = store(
                bucket,
                changing(request ->
                        request instanceof PutObjectRequest put && put.key().endsWith("bent")
                                ? put.toBuilder()
                                        .checksumSHA256("n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=")
                                        .build()
                                : request));

        assertThatThrownBy(() -> store.create("objects/ab/bent", Rows.text("content")))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(store.size("objects/ab/bent")).isEmpty();
    }

    @Test
    void sweepsProbesAnHourOld() {
        BlobStore store = store();
        store.replace("tmp/" + UUID.randomUUID(), ByteBuffer.allocate(1));

        assertThat(store.sweep()).isZero();

        InstantSource later = () -> Instant.now().plus(Duration.ofMinutes(61));
        S3Client client = server.client(S3Server.KEY_ID, S3Server.SECRET);
        assertThat(new S3BlobStore(bucket, client, later).sweep()).isEqualTo(1);
        assertThat(store.list("tmp")).isEmpty();
    }

    private static void assertRefused(BlobStore store, String reason) {
        Repository repository = TestRepositories.in(store, Instant::now);

        assertThatThrownBy(repository::ids)
                .isInstanceOf(UnusableStoreException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(store.toString());
    }

    private static BlobStore store(S3Place place, S3Client client) {
        return new S3BlobStore(place, client, InstantSource.system());
    }

    private static S3Client changing(UnaryOperator<SdkRequest> change) {
        return server.client(S3Server.KEY_ID, S3Server.SECRET, new ExecutionInterceptor() {
            @Override
            public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
                return change.apply(context.request());
            }
        });
    }
}
