package io.holdfast.local.load;

/**
 * What becomes one user.
 *
 * @param id {@code 17850}
 * @param country of the customer's first row
 * @param line of that row in the file
 */
record Customer(String id, String country, long line) {
    String userName() {
        return "customer-" + id;
    }
}
