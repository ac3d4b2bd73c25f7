package io.holdfast.system.structure;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitReference;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;

/**
 * Tells calls to other processes that a guard stands around from those without. A call is guarded when it is written in a
 * lambda of a method that hands something to a guard, or in a method that is called by guarded calls only.
 *
 * <p>It reads the classes and does not run them. Of two lambdas in one method it does not know which one goes to the guard, so
 * both count as guarded.
 */
final class GuardedCalls {

    /** By name, because their libraries are not on the class path of these tests. */
    private static final Pattern CLIENTS = Pattern.compile(String.join(
            "|",
            "com\\.datastax\\.oss\\.driver\\.api\\.core\\.(Cql|session\\.|cql\\.\\w*)Session",
            "org\\.springframework\\.data\\.cassandra\\.core\\.(cql\\.)?\\w+(Operations|Template)",
            "org\\.springframework\\.kafka\\.core\\.Kafka(Operations|Template)",
            "org\\.apache\\.kafka\\.clients\\.producer\\.(Kafka)?Producer",
            "org\\.apache\\.kafka\\.clients\\.admin\\.(Admin|AdminClient)",
            "org\\.springframework\\.web\\.client\\.Rest(Client|Template|Operations)",
            "org\\.springframework\\.web\\.reactive\\.function\\.client\\.WebClient",
            "java\\.net\\.http\\.HttpClient",
            "java\\.net\\.(URL|URLConnection|HttpURLConnection|Socket)",
            "org\\.apache\\.hc\\.client5\\.http\\.\\w+\\.\\w*Http\\w*Client"));

    /** What a client is asked without asking anybody else. */
    private static final Set<String> LOCAL = Set.of(
            "builder",
            "newBuilder",
            "newHttpClient",
            "create",
            "mutate",
            "setObservationEnabled",
            "setObservationRegistry",
            "setObservationConvention",
            "setProducerListener",
            "getProducerFactory",
            "getMetadata",
            "getContext",
            "getName",
            "toString",
            "close",
            "closeAsync",
            "forceCloseAsync",
            "shutdownNow");

    private static final String GUARD = "io.holdfast.failover.guard.Guard";
    private static final String EXCHANGES = "org.springframework.web.service.annotation.";

    private GuardedCalls() {}

    /** The calls of another process in these classes that no guard stands around. */
    static List<JavaAccess<?>> missing(JavaClasses classes) {
        return missing(classes, GuardedCalls::isClient);
    }

    /** The calls of such clients in these classes that no guard stands around. */
    static List<JavaAccess<?>> missing(JavaClasses classes, Predicate<JavaClass> clients) {
        return classes.stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .flatMap(GuardedCalls::calls)
                .filter(call -> asksAnother(call) && clients.test(call.getTargetOwner()))
                .filter(call -> !isGuarded(call, new HashSet<>()))
                .toList();
    }

    private static Stream<JavaAccess<?>> calls(JavaCodeUnit unit) {
        return Stream.concat(unit.getCallsFromSelf().stream(), unit.getCodeUnitReferencesFromSelf().stream());
    }

    private static boolean asksAnother(JavaAccess<?> call) {
        return !LOCAL.contains(call.getName()) && !call.getName().equals(JavaConstructor.CONSTRUCTOR_NAME);
    }

    private static boolean isClient(JavaClass type) {
        return CLIENTS.matcher(type.getName()).matches()
                || isExchanged(type)
                || type.getMethods().stream().anyMatch(GuardedCalls::isExchanged);
    }

    private static boolean isExchanged(HasAnnotations<?> of) {
        return of.getAnnotations().stream()
                .anyMatch(annotation -> annotation.getRawType().getName().startsWith(EXCHANGES));
    }

    private static boolean isGuarded(JavaAccess<?> call, Set<JavaCodeUnit> seen) {
        JavaCodeUnit unit = call.getOrigin();
        boolean isLater = call.isDeclaredInLambda() || call instanceof JavaCodeUnitReference;
        if (isLater && handsToGuard(unit, new HashSet<>())) {
            return true;
        }
        Set<? extends JavaAccess<?>> callers = unit.getAccessesToSelf();
        return seen.add(unit) && !callers.isEmpty() && callers.stream().allMatch(caller -> isGuarded(caller, seen));
    }

    /** Whether it calls a guard, or a method of ours that takes something to call later and hands it to one. */
    private static boolean handsToGuard(JavaCodeUnit unit, Set<JavaCodeUnit> seen) {
        return seen.add(unit)
                && unit.getCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().getName().equals(GUARD)
                                || call.getTarget()
                                        .resolveMember()
                                        .filter(JavaCodeUnit.class::isInstance)
                                        .map(JavaCodeUnit.class::cast)
                                        .filter(called -> takesSomethingToCall(called) && handsToGuard(called, seen))
                                        .isPresent());
    }

    private static boolean takesSomethingToCall(JavaCodeUnit unit) {
        return unit.getRawParameterTypes().stream()
                .anyMatch(parameter -> parameter.isEquivalentTo(Callable.class)
                        || parameter.isEquivalentTo(Supplier.class)
                        || parameter.isEquivalentTo(Runnable.class));
    }
}
