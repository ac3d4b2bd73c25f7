package io.holdfast.failover.policy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values one setting takes.
 *
 * @param allowed how to say it to the person who edits the file
 */
record Values<T>(String allowed, Reading<T> reading) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");
    private static final Pattern PERCENTAGE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)%");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(\\.\\d{1,9})?");

    private static final Pattern DATACENTER = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,62}");

    /** Turns the text into the value, or says what is wrong with it. */
    interface Reading<T> {
        T read(String text) throws RefusedValueException;
    }

    T read(String text) throws RefusedValueException {
        if (text.isEmpty()) {
            throw new RefusedValueException("has no value");
        }
        if (text.contains("${")) {
            throw new RefusedValueException("'" + text + "' is a placeholder; a policy holds plain values");
        }
        if (text.startsWith("{cipher}")) {
            throw new RefusedValueException("is encrypted; a policy holds plain values");
        }
        return reading.read(text);
    }

    static Values<Duration> duration(String from, String to) {
        Duration least = durationOf(from);
        Duration most = durationOf(to);
        return new Values<>(from + " to " + to + " (units ms, s, m)", text -> {
            if (!DURATION.matcher(text).matches()) {
                throw new RefusedValueException(
                        NUMBER.matcher(text).matches()
                                ? "'" + text + "' has no unit"
                                : "'" + text + "' is not a duration");
            }
            return within(text, durationOf(text), least, most);
        });
    }

    private static Duration durationOf(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    static Values<Float> percentage(int from, int to) {
        return new Values<>(from + "% to " + to + "%", text -> {
            Matcher matcher = PERCENTAGE.matcher(text);
            if (!matcher.matches()) {
                throw new RefusedValueException(
                        NUMBER.matcher(text).matches()
                                ? "'" + text + "' has no % sign"
                                : "'" + text + "' is not a percentage");
            }
            return within(text, Float.parseFloat(matcher.group(1)), (float) from, (float) to);
        });
    }

    static Values<Integer> integer(int from, int to) {
        return new Values<>(from + " to " + to, text -> {
            if (!NUMBER.matcher(text).matches() || text.contains(".")) {
                throw new RefusedValueException("'" + text + "' is not a whole number");
            }
            return within(text, Integer.parseInt(text), from, to);
        });
    }

    static Values<Double> number(double from, double to) {
        return new Values<>(from + " to " + to, text -> {
            if (!NUMBER.matcher(text).matches()) {
                throw new RefusedValueException("'" + text + "' is not a number");
            }
            return within(text, Double.parseDouble(text), from, to);
        });
    }

    /** The name of a data centre, as the nodes know it; {@code local} is each service's own. */
    static Values<String> datacenter() {
        return new Values<>("local, or the name of a data centre", text -> {
            if (!DATACENTER.matcher(text).matches()) {
                throw new RefusedValueException("'" + text + "' is not a data centre's name");
            }
            return text;
        });
    }

    /** @param later names that are planned and refused until something obeys them */
    static <T> Values<T> oneOf(Map<String, T> names, Set<String> later) {
        Map<String, T> sorted = new TreeMap<>(names);
        return new Values<>(String.join(", ", sorted.keySet()), text -> {
            T value = sorted.get(text);
            if (value == null) {
                throw new RefusedValueException(
                        later.contains(text) ? "'" + text + "' is not available yet" : "'" + text + "' is unknown");
            }
            return value;
        });
    }

    private static <T extends Comparable<T>> T within(String text, T value, T from, T to) throws RefusedValueException {
        if (value.compareTo(from) < 0) {
            throw new RefusedValueException("'" + text + "' is too small");
        }
        if (value.compareTo(to) > 0) {
            throw new RefusedValueException("'" + text + "' is too large");
        }
        return value;
    }
}
