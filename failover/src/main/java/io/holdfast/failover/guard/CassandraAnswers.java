package io.holdfast.failover.guard;

import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import org.jspecify.annotations.Nullable;

/** Cassandra: a statement it refuses (syntax, unknown table, no permission) would be refused by every node. */
final class CassandraAnswers implements AnswerClassifier {

    @Override
    public boolean isAnswer(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof QueryValidationException) {
                return true;
            }
        }
        return false;
    }
}
