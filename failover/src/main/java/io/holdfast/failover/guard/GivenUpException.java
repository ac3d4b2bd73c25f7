package io.holdfast.failover.guard;

/** Ends a retry before its last attempt; only its failure is seen from outside. */
final class GivenUpException extends RuntimeException {

    private final DependencyUnavailableException failure;

    GivenUpException(DependencyUnavailableException failure) {
        super(failure.getMessage(), failure, false, false);
        this.failure = failure;
    }

    DependencyUnavailableException failure() {
        return failure;
    }
}
