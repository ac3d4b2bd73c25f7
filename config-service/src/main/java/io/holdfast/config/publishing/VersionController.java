package io.holdfast.config.publishing;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.failover.live.VersionStatus;

/** Tells which version is in force. */
@RestController
class VersionController {

    private final Publisher publisher;

    VersionController(Publisher publisher) {
        this.publisher = publisher;
    }

    /**
     * The version in force.
     *
     * @param known the version the asker has: when it is another one, the answer brings the policy along
     */
    @GetMapping("/versions/current")
    VersionStatus current(@RequestParam(defaultValue = "") String known) {
        return publisher.statusFor(known);
    }
}
