package io.holdfast.failover.guard;

/** Tells for one kind of dependency which exceptions are its answers and not its failures. All beans of this type are asked. */
@FunctionalInterface
public interface AnswerClassifier {

    boolean isAnswer(Throwable failure);
}
