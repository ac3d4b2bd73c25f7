package io.holdfast.backup.audit;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.page.PageLimit;

/** Who did what when, for operators. */
@RestController
@RequestMapping("/api/backups/audit")
class AuditController {
    private final Audit audit;

    AuditController(Audit audit) {
        this.audit = audit;
    }

    /** The newest entries first. */
    @GetMapping
    Page<AuditEntry> list(
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        caller.requireOperator();
        PageLimit.check(limit);
        return audit.page(limit, cursor);
    }
}
