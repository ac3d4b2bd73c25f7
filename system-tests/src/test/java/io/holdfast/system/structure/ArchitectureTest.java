package io.holdfast.system.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the table of modules, and the rules every module keeps. */
class ArchitectureTest {

    private static final JavaClasses ALL = House.allClasses();

    @ParameterizedTest
    @EnumSource(House.class)
    void modulesUseOnlyWhatTheTableAllows(House module) {
        assertThat(module.classes())
                .as("compiled classes of %s", module.folder())
                .isNotEmpty();

        noClasses()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(module.forbiddenPackages())
                .check(module.classes());
    }

    @ParameterizedTest
    @EnumSource(House.class)
    void everyPackageDeclaresItsNullness(House module) {
        JavaClasses classes = module.classes();

        assertThat(classes.stream()
                        .map(type -> type.getPackage())
                        .distinct()
                        .filter(declaring -> !declaring.isAnnotatedWith(NullMarked.class))
                        .map(declaring -> declaring.getName()))
                .as("packages of %s without @NullMarked in their package-info", module.folder())
                .isEmpty();
    }

    @Test
    void onlyFailoverTouchesResilience4j() {
        noClasses()
                .that()
                .resideOutsideOfPackage(House.FAILOVER.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.github.resilience4j..", "org.springframework.cloud.circuitbreaker..")
                .check(ALL);
    }

    @Test
    void onlyStorageAndBackupSpeakToTheBareCassandraSession() {
        noClasses()
                .that()
                .resideOutsideOfPackages(House.STORAGE.packages(), House.BACKUP_SERVICE.packages())
                .and()
                // Measures what the driver can do by itself.
                .doNotHaveFullyQualifiedName("io.holdfast.benchmarks.backup.BareDriver")
                .should()
                .accessClassesThat()
                .haveFullyQualifiedName("com.datastax.oss.driver.api.core.CqlSession")
                .check(ALL);
    }

    @Test
    void onlyTheLauncherStartsProcesses() {
        noClasses()
                .that()
                .resideOutsideOfPackage(House.LOCAL_PLATFORM.packages())
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(ALL);
    }

    @Test
    void onlyTheCommandAndTheBenchmarksWriteToTheConsole() {
        noClasses()
                .that()
                .resideOutsideOfPackages(House.LOCAL_PLATFORM.packages(), House.BENCHMARKS.packages())
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ALL);
    }

    @Test
    void packagesOfAModuleAreFreeOfCycles() {
        slices().matching("io.holdfast.(*).(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void dependenciesComeThroughConstructors() {
        noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .check(ALL);
    }

    @Test
    void namesSayWhatAClassDoes() {
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .check(ALL);
    }

    @Test
    void aClassThatBreaksARuleIsFound() {
        JavaClasses offender = new ClassFileImporter().importClasses(ConsoleWriter.class);

        assertThatThrownBy(() ->
                        noClasses().should().accessField(System.class, "out").check(offender))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ConsoleWriter");
    }

    /** Breaks a rule on purpose, to show that the rules can fail. */
    static final class ConsoleWriter {
        void write() {
            System.out.println("a service writes to its log");
        }
    }
}
