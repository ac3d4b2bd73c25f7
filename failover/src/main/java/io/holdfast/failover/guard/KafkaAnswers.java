package io.holdfast.failover.guard;

import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Kafka: a record that no broker would ever take. */
final class KafkaAnswers implements AnswerClassifier {

    @Override
    public boolean isAnswer(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof RecordTooLargeException
                    || e instanceof SerializationException
                    || e instanceof InvalidTopicException) {
                return true;
            }
        }
        return false;
    }
}
