package io.holdfast.system.bank;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients who do one thing after the other: place an order, repeat an old one, try an old key with another body, cancel, look, bring somebody new.
 * What each of them chooses follows from the seed; which of them comes first does not.
 */
final class Clients {

    private static final List<BigDecimal> PRICES =
            List.of(new BigDecimal("0.505"), new BigDecimal("2.50"), new BigDecimal("4.990"));
    private static final int TOO_MANY = 10_000;
    private static final int REMEMBERED = 300;

    private final List<Account> accounts;
    private final Teller teller;
    private final Newcomers newcomers;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> working = new ArrayList<>();

    /** What was asked for lately, by anybody, whether it is answered yet or not. */
    private final ConcurrentLinkedDeque<Request> lately = new ConcurrentLinkedDeque<>();

    private volatile boolean over;

    private Clients(List<Account> accounts, Teller teller, Newcomers newcomers) {
        this.accounts = accounts;
        this.teller = teller;
        this.newcomers = newcomers;
    }

    /** Starts so many. */
    static Clients start(long seed, int count, List<Account> accounts, Teller teller, Newcomers newcomers) {
        Clients clients = new Clients(accounts, teller, newcomers);
        for (int number = 1; number <= count; number++) {
            String name = "seed" + seed + "-client" + number;
            Random chance = new Random(seed * 1_000 + number);
            clients.working.add(clients.threads.submit(() -> clients.work(name, chance)));
        }
        return clients;
    }

    /** Lets every client finish what it is at, and returns when all have. */
    void finish() {
        over = true;
        threads.close();
        working.stream().filter(client -> client.state() == Future.State.FAILED).forEach(client -> {
            throw new IllegalStateException("a client stopped early", client.exceptionNow());
        });
    }

    private void work(String name, Random chance) {
        List<Request> placed = new ArrayList<>();
        for (int number = 1; !over; number++) {
            int choice = chance.nextInt(100);
            if (placed.isEmpty() || choice < 50) {
                Request request = newRequest(name + "-" + number, chance);
                remember(request);
                teller.place(request, chance);
                placed.add(request);
            } else if (choice < 60) {
                teller.place(anyOf(placed, chance), chance);
            } else if (choice < 70) {
                teller.place(latest(chance).withAnotherBody(), chance);
            } else if (choice < 85) {
                teller.cancel(anyOf(placed, chance).orderId(), chance);
            } else if (choice < 97) {
                teller.read(latest(chance).orderId());
            } else {
                newcomers.registers();
            }
            Pause.of(Duration.ofMillis(20 + chance.nextInt(180)));
        }
    }

    private Request newRequest(String key, Random chance) {
        Account account = accounts.get(chance.nextInt(accounts.size()));
        int quantity = chance.nextInt(4) == 0 ? TOO_MANY : 1 + chance.nextInt(12);
        return new Request(account, key, quantity, PRICES.get(chance.nextInt(PRICES.size())));
    }

    private void remember(Request request) {
        lately.addFirst(request);
        if (lately.size() > REMEMBERED) {
            lately.pollLast();
        }
    }

    /** Often one that another client has under way at this moment. */
    private Request latest(Random chance) {
        List<Request> known = List.copyOf(lately);
        int last = chance.nextBoolean() ? Math.min(known.size(), 20) : known.size();
        return known.get(chance.nextInt(last));
    }

    private static Request anyOf(List<Request> placed, Random chance) {
        return placed.get(chance.nextInt(placed.size()));
    }
}
