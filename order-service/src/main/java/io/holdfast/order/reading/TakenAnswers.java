package io.holdfast.order.reading;

import java.net.URI;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

import io.holdfast.failover.fallback.QueuedWrites;
import io.holdfast.order.storing.Taken;

/** Answers with an order that was taken: 202 as long as it waits for something, with the place where it can be watched. */
@Component
public class TakenAnswers {

    private final QueuedWrites queued;

    TakenAnswers(QueuedWrites queued) {
        this.queued = queued;
    }

    /** For a new order. */
    public ResponseEntity<OrderAnswer> created(Taken taken) {
        return answer(taken, HttpStatus.CREATED);
    }

    /** For an order that was there before. */
    public ResponseEntity<OrderAnswer> changed(Taken taken) {
        return answer(taken, HttpStatus.OK);
    }

    private ResponseEntity<OrderAnswer> answer(Taken taken, HttpStatus whole) {
        String waitsFor = taken.waitsFor();
        if (waitsFor != null) {
            queued.tell(waitsFor);
        }
        HttpStatus status = waitsFor == null ? whole : HttpStatus.ACCEPTED;
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        if (status != HttpStatus.OK) {
            URI place = URI.create("/api/orders/" + taken.order().id());
            answer.header(HttpHeaders.LOCATION, place.toString());
        }
        return answer.body(OrderAnswer.of(taken.order()));
    }
}
