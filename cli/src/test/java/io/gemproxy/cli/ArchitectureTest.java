package io.gemproxy.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.gemproxy.server.exchange.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command parses, calls, prints; it knows no other, and nothing of the process. */
final class ArchitectureTest {
    private static final String ROOT = "io.gemproxy.cli";
    private static final JavaClasses CLI =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config",
                "token",
                "clientkey",
                "cert",
                "server",
                "keys",
                "sessions",
                "audit",
                "explain",
                "usage",
                "completion",
                "doctor",
                "man"
            })
    void aNounKnowsNoOtherNoun(String noun) {
        String[] known = {
            ROOT + "." + noun + "..",
            ROOT + ".admin..",
            ROOT + ".installation..",
            ROOT + ".output..",
        };
        DescribedPredicate<JavaClass> outside =
                DescribedPredicate.not(resideInAPackage(ROOT + ".."));
        classes()
                .that()
                .resideInAPackage(ROOT + "." + noun + "..")
                .should()
                .onlyDependOnClassesThat(outside.or(resideInAnyPackage(known)))
                .check(CLI);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLI);
    }

    @Test
    void onlyTheAdminRoomSpeaksHttpAndOpensASecret() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".admin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.helidon..", "java.net.http..")
                .orShould()
                .callMethod(Secret.class, "open")
                .check(CLI);
    }

    @Test
    void onlyMainTouchesTheProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "console")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callConstructor(SecureRandom.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .check(CLI);
    }

    @Test
    void nothingStaticChanges() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(CLI);
    }

    @Test
    void everyPackageIsCheckedForNulls() {
        for (JavaClass type : CLI) {
            assertTrue(type.getPackage().isAnnotatedWith(NullMarked.class), type.getPackageName());
        }
    }
}
