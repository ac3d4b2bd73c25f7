package io.holdfast.local.load;

import java.util.List;

/** The columns of an Online Retail file; their order does not matter, and others may stand beside them. */
final class Column {
    static final String INVOICE = "InvoiceNo";
    static final String SKU = "StockCode";
    static final String DESCRIPTION = "Description";
    static final String QUANTITY = "Quantity";
    static final String DATE = "InvoiceDate";
    static final String PRICE = "UnitPrice";
    static final String CUSTOMER = "CustomerID";
    static final String COUNTRY = "Country";
    static final List<String> ALL = List.of(INVOICE, SKU, DESCRIPTION, QUANTITY, DATE, PRICE, CUSTOMER, COUNTRY);

    private Column() {}
}
