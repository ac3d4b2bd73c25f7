package io.holdfast.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3PlaceTest {
    @Test
    void isReadFromItsAddress() {
        S3Place whole = S3Place.of("s3://backups", null, "eu-west-2", false);
        S3Place part =
                S3Place.of("s3://backups/shop/live", URI.create("https://minio.example:9000"), "eu-west-2", true);

        assertThat(whole.prefix()).isEmpty();
        assertThat(part.bucket()).isEqualTo("backups");
        assertThat(part.prefix()).isEqualTo("shop/live/");
        assertThat(part).hasToString("s3://backups/shop/live/ at https://minio.example:9000");
        assertThat(S3Place.of("s3://backups/shop/", null, "eu-west-2", false).prefix())
                .isEqualTo("shop/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3:backups", "s3://", "s3://Backups", "s3://key:secret@backups/x", "s3://backups/with space"})
    void whatIsNoAddressIsRefusedWithWhatIsAllowed(String address) {
        assertThat(S3Place.isAddress(address)).isTrue();
        assertThatThrownBy(() -> S3Place.of(address, null, "us-east-1", false))
                .hasMessageContaining("write s3://bucket or s3://bucket/prefix");
    }

    @Test
    void anEndpointWithoutHostIsRefused() {
        assertThatThrownBy(() -> S3Place.of("s3://backups", URI.create("minio:9000"), "us-east-1", true))
                .hasMessageContaining("backup.s3.endpoint");
    }

    @Test
    void aFolderIsNone() {
        assertThat(S3Place.isAddress("/var/backups")).isFalse();
    }
}
