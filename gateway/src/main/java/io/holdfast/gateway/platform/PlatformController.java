package io.holdfast.gateway.platform;

import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Caller;

@RestController
class PlatformController {

    private final Platform platform;

    PlatformController(Platform platform) {
        this.platform = platform;
    }

    @GetMapping("/api/platform/services")
    @Operation(summary = "Every service with its instances, their policy version and guards (operator)")
    Services services(Caller caller) throws InterruptedException {
        caller.requireOperator();
        return new Services(platform.services());
    }

    record Services(List<ServiceView> services) {}
}
