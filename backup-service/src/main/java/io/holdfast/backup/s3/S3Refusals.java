package io.holdfast.backup.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import io.holdfast.backup.repository.UnusableStoreException;

/** Says in plain words why a store refuses, as far as somebody can mend it. */
final class S3Refusals {
    private static final int MOVED = 301;
    private static final int UNAUTHORISED = 401;
    private static final int DENIED = 403;
    private static final int MISSING = 404;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Place place;

    S3Refusals(S3Place place) {
        this.place = place;
    }

    /** What to tell, or nothing when the store failed and may be asked again. */
    @Nullable
    UnusableStoreException of(SdkException failure) {
        if (failure instanceof S3Exception refused) {
            return switch (refused.statusCode()) {
                case MISSING ->
                    unusable(
                            failure,
                            "There is no bucket %s: make it, or name another in backup.repository"
                                    .formatted(place.bucket()));
                case UNAUTHORISED, DENIED ->
                    unusable(
                            failure,
                            "Access denied (%s): AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be those of someone who may list, get, put and delete there"
                                    .formatted(code(refused)));
                case MOVED ->
                    unusable(
                            failure,
                            "The bucket is in another region than %s: set backup.s3.region".formatted(place.region()));
                case NOT_IMPLEMENTED -> withoutExclusiveCreate();
                default -> null;
            };
        }
        if (failure instanceof SdkClientException
                && String.valueOf(failure.getMessage()).startsWith("Unable to load credentials")) {
            return unusable(
                    failure,
                    "There are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment of backup-service");
        }
        return null;
    }

    UnusableStoreException withoutExclusiveCreate() {
        return unusable(
                null,
                "This store does not honour If-None-Match, so two workers could write over each other's backup: use one that does");
    }

    private UnusableStoreException unusable(@Nullable Throwable cause, String reason) {
        return new UnusableStoreException("%s cannot be used for backups. %s".formatted(place, reason), cause);
    }

    private static String code(S3Exception refused) {
        return refused.awsErrorDetails() == null
                ? String.valueOf(refused.statusCode())
                : String.valueOf(refused.awsErrorDetails().errorCode());
    }
}
