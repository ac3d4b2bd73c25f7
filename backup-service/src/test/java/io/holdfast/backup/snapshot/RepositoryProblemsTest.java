package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.backup.key.RecoveryKey;
import io.holdfast.backup.repository.MemoryBlobStore;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.TestRepositories;
import io.holdfast.backup.slice.Rows;
import io.holdfast.doors.problem.ProblemAdvice;
import io.holdfast.failover.fallback.FallbackMeters;

class RepositoryProblemsTest {
    private final MemoryBlobStore store = new MemoryBlobStore();

    @RestController
    static class Door {
        private final Repository repository;

        Door(Repository repository) {
            this.repository = repository;
        }

        @GetMapping("/ids")
        List<UUID> ids() {
            return repository.ids();
        }
    }

    @Test
    void theWrongRecoveryKeyIsNamedAsTheReason() {
        TestRepositories.in(store, Instant::now).ids();

        assertThat(detailFrom(new Repository(store, RecoveryKey.random(), Instant::now)))
                .contains("recovery key does not open keys/1", "HOLDFAST_RECOVERY_KEY");
    }

    @Test
    void aFolderOfSomethingElseIsNamedAsTheReason() {
        store.create("config", Rows.text("[core]\n"));

        assertThat(detailFrom(TestRepositories.in(store, Instant::now))).contains("name another folder");
    }

    private static String detailFrom(Repository repository) {
        MockMvcTester doors = MockMvcTester.create(MockMvcBuilders.standaloneSetup(new Door(repository))
                .setControllerAdvice(
                        new ProblemAdvice(new FallbackMeters(new SimpleMeterRegistry())), new RepositoryProblems())
                .build());
        var answer = doors.get().uri("/ids").exchange();
        assertThat(answer).hasStatus(500).bodyJson().extractingPath("$.title").isEqualTo("Repository cannot be used");
        return assertThat(answer)
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .actual();
    }
}
