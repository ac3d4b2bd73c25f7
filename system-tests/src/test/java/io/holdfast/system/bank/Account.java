package io.holdfast.system.bank;

import java.math.BigDecimal;
import java.util.UUID;

/** A user of the bank test, and up to which amount his orders may be worth together. */
record Account(UUID id, String userName, BigDecimal limit) {}
