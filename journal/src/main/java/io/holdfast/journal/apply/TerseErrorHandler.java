package io.holdfast.journal.apply;

import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOff;

/**
 * Says in one line when the consumer itself fails, most often because a commit got no answer. The next commit makes up for it, or the
 * records come again.
 */
final class TerseErrorHandler extends DefaultErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(TerseErrorHandler.class);

    TerseErrorHandler(DeadLetterPublishingRecoverer next, BackOff backOff) {
        super(next, backOff);
    }

    @Override
    public void handleOtherException(
            Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        log.warn("journal_consumer_failed listener={} reason=\"{}\"", container.getListenerId(), thrown.getMessage());
    }
}
