package io.holdfast.failover.guard;

import org.springframework.web.client.RestClientResponseException;

/** HTTP: a 4xx says that the request was wrong, not that the service failed. */
final class HttpAnswers implements AnswerClassifier {

    @Override
    public boolean isAnswer(Throwable failure) {
        return failure instanceof RestClientResponseException response
                && response.getStatusCode().is4xxClientError();
    }
}
