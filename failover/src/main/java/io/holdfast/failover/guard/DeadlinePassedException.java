package io.holdfast.failover.guard;

/** The deadline of the request came before the timeout of the dependency: it says nothing about the dependency. */
final class DeadlinePassedException extends RuntimeException {

    DeadlinePassedException() {
        super("the deadline of the request has passed", null, false, false);
    }
}
