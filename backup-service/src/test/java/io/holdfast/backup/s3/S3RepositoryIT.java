package io.holdfast.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import io.holdfast.backup.Answer;
import io.holdfast.backup.BackupServiceOnRealServers;
import io.holdfast.backup.TableDump;
import io.holdfast.backup.table.TableName;

/**
 * The service as it is deployed, with a bucket for its backups and its credentials in the environment. In a JVM of its own: two services
 * in one, of which one is stopped and started again, would share the jobs.
 */
@EnabledIfSystemProperty(
        named = "holdfast.bucket",
        matches = "true",
        disabledReason = "runs alone: mvn -Dit.test=S3RepositoryIT -Dholdfast.bucket=true, as .ci/run does")
class S3RepositoryIT extends BackupServiceOnRealServers {
    private static final TableName TABLE = new TableName("backup_it", "in_a_bucket");
    private static final S3Server SERVER = started();
    private static final S3Place BUCKET = SERVER.newBucket();

    @DynamicPropertySource
    static void bucket(DynamicPropertyRegistry properties) {
        properties.add("backup.repository", () -> "s3://%s/shop".formatted(BUCKET.bucket()));
        properties.add("backup.s3.endpoint", SERVER::endpoint);
        properties.add("backup.s3.path-style", () -> true);
    }

    @Test
    void aTableComesBackFromTheBucketCellByCell() {
        session.execute("CREATE TABLE IF NOT EXISTS backup_it.in_a_bucket (id int PRIMARY KEY, text text)");
        for (int row = 0; row < 200; row++) {
            session.execute(
                    "INSERT INTO backup_it.in_a_bucket (id, text) VALUES (%d, '%s') USING TIMESTAMP %d AND TTL %d"
                            .formatted(row, "x".repeat(200), 1_000_000 + row, 3000 + row));
        }
        long second = Instant.now().getEpochSecond();
        List<String> before = TableDump.of(session, TABLE, second);

        Answer job = ended(post("/api/backups", "{\"tables\": [\"backup_it.in_a_bucket\"]}"));
        assertThat(job.text("/state")).as(job.response().body()).isEqualTo("SUCCEEDED");
        String id = job.text("/id");
        session.execute("TRUNCATE backup_it.in_a_bucket");
        Answer restored = ended(post("/api/restores", "{\"backupId\": \"%s\", \"into\": \"replace\"}".formatted(id)));

        assertThat(restored.text("/state")).as(restored.response().body()).isEqualTo("SUCCEEDED");
        assertThat(TableDump.of(session, TABLE, second)).isEqualTo(before).hasSize(200);
        assertThat(keys())
                .contains("shop/config", "shop/keys/1", "shop/keys-copy/1", "shop/snapshots/%s.manifest".formatted(id));
        assertThat(folder().resolve("snapshots").resolve(id + ".manifest")).doesNotExist();

        assertThat(delete("/api/backups/" + id).status()).isEqualTo(204);
        assertThat(keys()).doesNotContain("shop/snapshots/%s.manifest".formatted(id));
    }

    private static List<String> keys() {
        try (S3Client client = SERVER.client(S3Server.KEY_ID, S3Server.SECRET)) {
            return client.listObjectsV2Paginator(request -> request.bucket(BUCKET.bucket())).contents().stream()
                    .map(S3Object::key)
                    .toList();
        }
    }

    private static S3Server started() {
        System.setProperty("aws.accessKeyId", S3Server.KEY_ID);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET);
        try {
            return S3Server.start();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
