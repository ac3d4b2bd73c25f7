package io.holdfast.journal.apply;

import java.util.regex.Pattern;

import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.listener.TimestampedException;

/** Why a record could not be applied, in one line that can be logged and shown. */
final class Failure {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+");
    private static final int LONGEST = 300;

    private Failure() {}

    /** The class and the message of what was thrown, without what Spring wrapped it in. */
    static String of(Exception thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && isWrapper(cause)) {
            cause = cause.getCause();
        }
        String text = UNPRINTABLE.matcher(cause.toString()).replaceAll(" ");
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static boolean isWrapper(Throwable thrown) {
        return thrown instanceof ListenerExecutionFailedException || thrown instanceof TimestampedException;
    }
}
