package io.holdfast.doors.page;

import io.holdfast.doors.problem.ProblemException;

/** How many items a page may hold: what the caller asked for, within bounds. */
public final class PageLimit {
    private static final int MOST = 200;

    private PageLimit() {}

    /**
     * Lets a limit pass.
     *
     * @throws ProblemException 400 when it is not from 1 to 200
     */
    public static void check(int limit) {
        if (limit < 1 || limit > MOST) {
            throw ProblemException.badField("limit", "must be from 1 to " + MOST);
        }
    }
}
