package io.holdfast.doors.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

import io.holdfast.doors.problem.ProblemException;

class CallerTest {

    private static final UUID ANNA = UUID.randomUUID();

    private final Caller anna = new Caller(ANNA.toString(), Role.CUSTOMER);
    private final Caller operator = new Caller("olga", Role.OPERATOR);
    private final Caller service = new Caller("order-service", Role.SERVICE);

    @Test
    void aCustomerActsForHimselfAnOperatorForAllAServiceForNobody() {
        assertThat(anna.mayActFor(ANNA)).isTrue();
        assertThat(anna.mayActFor(UUID.randomUUID())).isFalse();
        assertThat(operator.mayActFor(ANNA)).isTrue();
        assertThat(service.mayActFor(ANNA)).isFalse();
        assertThat(new Caller(ANNA.toString(), Role.SERVICE).mayActFor(ANNA)).isFalse();
    }

    @Test
    void whoMayNotIsForbidden() {
        assertThatCode(() -> anna.requireActingFor(ANNA)).doesNotThrowAnyException();
        assertThatCode(operator::requireOperator).doesNotThrowAnyException();
        forbidden(() -> anna.requireActingFor(UUID.randomUUID()));
        forbidden(anna::requireOperator);
        forbidden(service::requireOperator);
    }

    @Test
    void onlyACustomerHasAUserId() {
        assertThat(anna.userId()).isEqualTo(ANNA);
        forbidden(operator::userId);
        forbidden(service::userId);
    }

    @Test
    void withoutATokenThereIsNoCaller() {
        assertThat(Caller.of(null)).isEmpty();
        assertThat(Caller.of(new AnonymousAuthenticationToken(
                        "key", "anonymous", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"))))
                .isEmpty();
    }

    @Test
    void aRoleIsWrittenInLowerCaseAndNoOther() {
        assertThat(Role.ofClaim("operator")).isEqualTo(Role.OPERATOR);
        assertThatThrownBy(() -> Role.ofClaim("OPERATOR")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Role.ofClaim("admin")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void forbidden(Runnable act) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.status().value()).isEqualTo(403));
    }
}
