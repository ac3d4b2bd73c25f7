package io.holdfast.config.publishing;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.failover.live.VersionStatus;

/** Tells which version is in force. */
@RestController
class VersionController {

    private final Publisher publisher;

    VersionController(Publisher publisher) {
        this.publisher = publisher;
    }

    @GetMapping("/versions/current")
    VersionStatus current() {
        return publisher.status();
    }
}
