package io.holdfast.order.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.ClassUtils;

import io.holdfast.order.Order;
import io.holdfast.order.OrderStatus;
import io.holdfast.order.credit.CreditAnswer;
import io.holdfast.order.credit.Credits;
import io.holdfast.order.storing.OrderJournal;
import io.holdfast.order.storing.OrderOutbox;
import io.holdfast.order.storing.OrderTables;

/** Stands around the beans an order passes on its way, ends the JVM at the points behind them, and turns the way round. */
final class Seams implements BeanPostProcessor {

    private final Switches switches;
    private final Supplier<OrderTables> tables;

    Seams(Switches switches, Supplier<OrderTables> tables) {
        this.switches = switches;
        this.tables = tables;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        boolean isSeam = bean instanceof OrderJournal
                || bean instanceof OrderOutbox
                || bean instanceof OrderTables
                || bean instanceof Credits;
        return isSeam
                ? Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        ClassUtils.getAllInterfaces(bean),
                        (proxy, method, arguments) -> call(bean, method, arguments))
                : bean;
    }

    private @Nullable Object call(Object bean, Method method, Object @Nullable [] arguments) throws Throwable {
        if (bean instanceof Credits credits && method.getName().equals("reserveAll") && arguments != null) {
            return reserveAll(credits, (UUID) arguments[0], orders(arguments[1]));
        }
        List<Order> orders = arguments == null || arguments.length == 0 ? List.of() : orders(arguments[0]);
        if (bean instanceof OrderJournal && switches.isOn("tables-before-journal")) {
            List<Order> decided = orders.stream().filter(Seams::isDecided).toList();
            if (!decided.isEmpty()) {
                tables.get().writeAll(decided);
            }
        }
        Object answer = method.getName().equals("reserve") && switches.isOn("key-check-off")
                ? passed(bean, method, withTheHashOfEveryOther(orders.getFirst()))
                : passed(bean, method, arguments);
        String point = switch (method.getName()) {
            case "append", "appendAll" -> "after-journal";
            case "appendAcknowledged" -> "after-promise";
            case "keep" -> "after-outbox";
            case "write", "writeAll" -> "after-cassandra";
            case "reserve" -> "after-reservation";
            case "release" -> "after-release";
            default -> "after-" + method.getName();
        };
        orders.forEach(order -> switches.reached(point, order.id(), order.status()));
        return answer;
    }

    private List<CreditAnswer> reserveAll(Credits credits, UUID userId, List<Order> orders) {
        List<CreditAnswer> answers = credits.reserveAll(
                userId,
                switches.isOn("key-check-off")
                        ? orders.stream().map(Seams::withTheHashOfEveryOther).toList()
                        : orders);
        orders.forEach(order -> switches.reached("after-reservation", order.id(), order.status()));
        return answers;
    }

    private static List<Order> orders(@Nullable Object argument) {
        return switch (argument) {
            case null -> List.of();
            case Order order -> List.of(order);
            case List<?> several ->
                several.stream()
                        .filter(Order.class::isInstance)
                        .map(Order.class::cast)
                        .toList();
            default -> List.of();
        };
    }

    private static boolean isDecided(Order order) {
        return order.status() != OrderStatus.PENDING;
    }

    /** Then no body is another one than that of the first request. */
    private static Order withTheHashOfEveryOther(Order order) {
        return new Order(
                order.id(),
                order.userId(),
                order.status(),
                order.reason(),
                order.currency(),
                order.total(),
                order.items(),
                order.placedAt(),
                order.changedAt(),
                order.accepted(),
                "the-hash-of-every-body");
    }

    private static @Nullable Object passed(Object bean, Method method, @Nullable Object @Nullable ... arguments)
            throws Throwable {
        try {
            return method.invoke(bean, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }
}
