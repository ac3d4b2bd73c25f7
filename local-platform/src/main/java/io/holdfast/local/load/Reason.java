package io.holdfast.local.load;

/** Why a row does not become a line of an order: the first that holds, in this order. */
enum Reason {
    /** It takes goods back. */
    CREDIT_NOTE("on credit notes"),
    /** Nobody to charge. */
    WITHOUT_CUSTOMER("without a customer"),
    /** Nothing to charge. */
    WITHOUT_POSITIVE_QUANTITY_AND_PRICE("without positive quantity and price"),
    /** Damaged: too few fields, or a number or time that is none. */
    UNREADABLE("not readable");

    private final String words;

    Reason(String words) {
        this.words = words;
    }

    /** As it reads after a number: {@code 23 without positive quantity and price}. */
    String words() {
        return words;
    }
}
