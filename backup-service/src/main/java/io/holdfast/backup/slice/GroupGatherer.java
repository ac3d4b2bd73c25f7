package io.holdfast.backup.slice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Gathers cells of one row into groups, in the order of their first cells. */
public final class GroupGatherer {
    /** Up to here a list is searched faster than a map. */
    private static final int FEW = 8;

    private final List<Gathered> gathered = new ArrayList<>(1);
    private @Nullable Map<Times, Gathered> more;

    public void add(long writetime, long expiry, Cell cell) {
        groupOf(writetime, expiry).cells.add(cell);
    }

    public List<CellGroup> groups() {
        List<CellGroup> groups = new ArrayList<>(gathered.size());
        for (Gathered group : gathered) {
            groups.add(new CellGroup(group.writetime, group.expiry, group.cells));
        }
        return groups;
    }

    private Gathered groupOf(long writetime, long expiry) {
        int searched = Math.min(gathered.size(), FEW);
        for (int position = 0; position < searched; position++) {
            Gathered group = gathered.get(position);
            if (group.writetime == writetime && group.expiry == expiry) {
                return group;
            }
        }
        if (gathered.size() < FEW) {
            return added(writetime, expiry);
        }
        Map<Times, Gathered> others = more == null ? new HashMap<>() : more;
        more = others;
        return others.computeIfAbsent(new Times(writetime, expiry), times -> added(writetime, expiry));
    }

    private Gathered added(long writetime, long expiry) {
        Gathered added = new Gathered(writetime, expiry, new ArrayList<>());
        gathered.add(added);
        return added;
    }

    private record Gathered(long writetime, long expiry, List<Cell> cells) {}

    private record Times(long writetime, long expiry) {}
}
