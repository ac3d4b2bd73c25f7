package io.holdfast.order.deadletter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.holdfast.doors.problem.ProblemException;
import io.holdfast.journal.deadletter.DeadLetter;

/**
 * What a letter is called outside: {@code orders-17}.
 *
 * @param offset its number among the letters of the journal
 */
record LetterId(String journal, long offset) {

    /** The name of a journal may hold dashes and digits itself; a long has 18 digits at least. */
    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9-]*)-(0|[1-9][0-9]{0,17})");

    static LetterId of(DeadLetter letter) {
        return new LetterId(letter.journal(), letter.offset());
    }

    /**
     * Reads it as it stands in a path.
     *
     * @throws ProblemException 400
     */
    static LetterId parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw ProblemException.badField("id", "must be a journal and a number, such as orders-17");
        }
        return new LetterId(form.group(1), Long.parseLong(form.group(2)));
    }

    @Override
    public String toString() {
        return journal + "-" + offset;
    }
}
