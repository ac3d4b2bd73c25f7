package io.holdfast.system.bank;

import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.holdfast.system.Door.Reply;

/** The books of one run: users, what they asked for, what they were told, and the audit at the end. */
final class Bank {

    private static final BigDecimal LIMIT = new BigDecimal("100.00");
    private static final int REGISTERED_AT_ONCE = 4;

    private final BankPlatform platform;
    private final List<Account> accounts;
    private final Violations violations = new Violations();
    private final Ledger ledger = new Ledger(violations);
    private final Teller teller;
    private final Newcomers newcomers;

    private Bank(BankPlatform platform, List<Account> accounts) {
        this.platform = platform;
        this.accounts = accounts;
        this.teller = new Teller(platform.door(), ledger, violations);
        this.newcomers = new Newcomers(platform.door(), violations);
    }

    /** With so many users of its own. */
    static Bank open(BankPlatform platform, int users) {
        try (ExecutorService threads = Executors.newFixedThreadPool(REGISTERED_AT_ONCE)) {
            List<Future<Account>> registered = IntStream.range(0, users)
                    .mapToObj(number -> threads.submit(() -> register(platform.door())))
                    .toList();
            return new Bank(platform, registered.stream().map(Bank::outcome).toList());
        }
    }

    private static <T> T outcome(Future<T> done) {
        try {
            return done.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks again, with a new name, when a platform that has just been started refuses for the moment. */
    private static Account register(OperatorDoor door) {
        return await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> registered(door), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<Account> registered(OperatorDoor door) {
        String name = "bank." + UUID.randomUUID();
        Reply reply = door.post(
                "/api/users",
                Map.of(
                        "userName",
                        name,
                        "email",
                        name + "@example.org",
                        "country",
                        "United Kingdom",
                        "creditLimit",
                        LIMIT,
                        "currency",
                        "GBP"),
                Map.of());
        return switch (reply.status()) {
            case 201 -> Optional.of(new Account(UUID.fromString(reply.text("id")), name, LIMIT));
            case 503 -> Optional.empty();
            default -> throw new IllegalStateException("not registered: " + reply);
        };
    }

    List<Account> accounts() {
        return accounts;
    }

    Teller teller() {
        return teller;
    }

    Violations violations() {
        return violations;
    }

    /** Lets clients work while something is done to the platform, and audits the books when all is quiet again. */
    Report work(long seed, int clients, Consumer<Injector> meanwhile) {
        Injector injector = new Injector(platform, violations);
        Map<UUID, Account> byId = accounts.stream().collect(Collectors.toMap(Account::id, Function.identity()));
        try (CreditWatch watch = CreditWatch.start(platform.cassandra(), byId, violations)) {
            Clients working = Clients.start(seed, clients, accounts, teller, newcomers);
            try {
                meanwhile.accept(injector);
            } finally {
                working.finish();
            }
            return audit(injector.done(), watch.looks());
        }
    }

    /** Waits until all is quiet and compares everything with everything. */
    Report audit(List<String> done, int looks) {
        try (Quiet quiet = new Quiet(platform.cassandra(), platform.kafka())) {
            quiet.await(violations);
        }
        var users = accounts.stream().map(Account::id).collect(Collectors.toSet());
        Tables tables = Tables.read(platform.cassandra(), users);
        new Audit(accounts, ledger.lines(), tables, violations).run();
        new JournalAudit(tables, Journaled.read(platform.kafka(), users), violations).run();
        new DoorAudit(platform.door(), tables, violations).run(accounts);
        Map<UUID, String> registered = new HashMap<>(newcomers.acknowledged());
        accounts.forEach(account -> registered.put(account.id(), account.userName()));
        new UserAudit(Users.read(platform.cassandra(), platform.kafka()), registered, violations).run();
        return Report.of(
                tables,
                violations.all(),
                done,
                registered.size() - accounts.size(),
                "%s, credits looked at %d times".formatted(teller, looks));
    }
}
