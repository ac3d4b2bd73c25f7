package io.holdfast.journal.clock;

/**
 * The number of a node among those that give stamps for the same tables.
 *
 * @param number 0 to {@link Stamp#NODES} - 1
 */
public record ClockNode(int number) {

    public ClockNode {
        if (number < 0 || number >= Stamp.NODES) {
            throw new IllegalArgumentException("A clock's node is 0 to " + (Stamp.NODES - 1) + ", not " + number);
        }
    }

    /**
     * The node of a named instance: its trailing number ({@code order-service-3} is 3), or a hash of a name without one.
     * Two instances that fall on the same node still converge, they only lose the guarantee that no stamp is given twice.
     */
    public static ClockNode of(String instance) {
        int end = instance.length();
        int start = end;
        while (start > 0 && end - start < 9 && isDigit(instance.charAt(start - 1))) {
            start--;
        }
        int number = start == end ? instance.hashCode() : Integer.parseInt(instance, start, end, 10);
        return new ClockNode(Math.floorMod(number, Stamp.NODES));
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
