package io.gemproxy.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.gemproxy.server.exchange.Secret;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom, and what nobody may do: docs/adr/0001 as a test. */
final class ArchitectureTest {
    private static final String ROOT = "io.gemproxy.server";
    private static final String[] NOUNS = {"exchange", "gemini"};
    private static final String[] FEATURES = {
        "keys",
        "upstream",
        "authentication",
        "ratelimit",
        "usage",
        "audit",
        "metrics",
        "logging",
        "explanation",
        "probing",
        "telemetry"
    };
    private static final JavaClasses SERVER =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    /** Names of wire types of Google, which we keep. */
    private static final Set<String> WIRE_NAMES = Set.of("ErrorInfo", "RetryInfo");

    /** The path of a setting, e.g. {@code server.port}. */
    private static final Set<String> KEYS_THAT_OPEN_NOTHING =
            Set.of("Finding.key", "FindingReport.key");

    private static final Map<String, Set<String>> CHANCE_AND_TIME =
            Map.ofEntries(
                    Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime")),
                    Map.entry("java.lang.Math", Set.of("random")),
                    Map.entry("java.time.Instant", Set.of("now")),
                    Map.entry("java.time.LocalDate", Set.of("now")),
                    Map.entry("java.time.LocalDateTime", Set.of("now")),
                    Map.entry("java.time.OffsetDateTime", Set.of("now")),
                    Map.entry("java.time.ZonedDateTime", Set.of("now")),
                    Map.entry("java.time.InstantSource", Set.of("system")),
                    Map.entry(
                            "java.time.Clock", Set.of("system", "systemUTC", "systemDefaultZone")),
                    Map.entry("java.util.UUID", Set.of("randomUUID")),
                    Map.entry("java.util.Random", Set.of("<init>")),
                    Map.entry("java.security.SecureRandom", Set.of("<init>", "getInstanceStrong")),
                    Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")),
                    Map.entry("java.util.random.RandomGenerator", Set.of("getDefault", "of")));

    @Test
    void geminiKnowsNobody() {
        knowsOnly("gemini");
    }

    @Test
    void whatIsKeptIsNoConcernOfItsKeeper() {
        knowsOnly("state");
    }

    @Test
    void whatTheSupervisorIsToldIsNoConcernOfItsMessenger() {
        knowsOnly("systemd");
    }

    @Test
    void anInheritedSocketKnowsNobody() {
        knowsOnly("listener.inherited");
    }

    @Test
    void theNounsOfAnExchangeKnowTheProtocolOnly() {
        knowsOnly("exchange", "gemini");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys",
                "upstream",
                "authentication",
                "ratelimit",
                "usage",
                "audit",
                "metrics",
                "logging",
                "explanation",
                "probing",
                "telemetry"
            })
    void aFeatureKnowsTheNounsButNoOtherFeature(String feature) {
        knowsOnly(feature, NOUNS);
    }

    @Test
    void theWayOfARequestKnowsTheFeatures() {
        knowsOnly("proxy", and(FEATURES, NOUNS));
    }

    @Test
    void theAdminPortKnowsTheFeatures() {
        knowsOnly("admin", and(FEATURES, NOUNS));
    }

    @Test
    void theListenerKnowsTheTwoPortsThatItOpens() {
        knowsOnly("listener", and(NOUNS, "proxy", "admin"));
    }

    @Test
    void theConfigurationKnowsOnlyTheRoomsOwnConfigRecords() {
        check(
                classes()
                        .that(room("config"))
                        .and(not(room("config.history")))
                        .should(
                                onlyDependOnClassesThat(
                                        outside()
                                                .or(room("config"))
                                                .or(room(NOUNS))
                                                .or(isConfigRecord()))));
    }

    @Test
    void theHistoryOfConfigurationsKnowsWhereItIsKept() {
        knowsOnly("config.history", "config", "state");
    }

    @Test
    void aReloadKnowsTheConfigurationAndNotWhomItConcerns() {
        knowsOnly("reload", and(NOUNS, "config"));
    }

    @Test
    void nobodyKnowsTheCompositionRoot() {
        check(
                noClasses()
                        .that(not(resideInAPackage(ROOT)))
                        .should()
                        .dependOnClassesThat(resideInAPackage(ROOT)));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    @Test
    void serverTypesOfHelidonStayInListenerProxyAndAdmin() {
        onlyIn(resideInAPackage("io.helidon.webserver.."), "listener", "proxy", "admin");
    }

    @Test
    void httpClientTypesStayInUpstream() {
        onlyIn(
                resideInAnyPackage("io.helidon.webclient..", "org.apache.hc..", "java.net.http.."),
                "upstream",
                "listener.certificates.acme");
    }

    @Test
    void theLibraryOfAcmeStaysInItsRoom() {
        onlyIn(resideInAPackage("org.shredzone.acme4j.."), "listener.certificates.acme");
    }

    @Test
    void theLibraryOfSignaturesStaysInAuthentication() {
        onlyIn(resideInAPackage("org.jose4j.."), "authentication");
        onlyIn(resideInAPackage("io.opentelemetry.."), "telemetry");
    }

    @Test
    void theNounsArePlainJava() {
        onlyIn(
                resideInAnyPackage("io.helidon..", "org.apache..", "java.net.http.."),
                and(FEATURES, "listener", "proxy", "admin"));
    }

    @Test
    void onlyTheseRoomsOpenSecrets() {
        check(
                noClasses()
                        .that(not(room("upstream", "authentication", "audit", "telemetry")))
                        .and(not(room("listener.certificates")))
                        .should()
                        .accessTargetWhere(
                                describe(
                                        "Secret.open()",
                                        access ->
                                                access.getTargetOwner().isEquivalentTo(Secret.class)
                                                        && access.getName().equals("open"))));
    }

    @Test
    void aStringIsNeverASecret() {
        check(
                fields().that(describe("look like a secret", ArchitectureTest::soundsSecret))
                        .and()
                        .areNotStatic()
                        .and()
                        .areNotDeclaredIn(Secret.class)
                        .should()
                        .notHaveRawType(String.class));
    }

    @Test
    void timeAndChanceAreHandedIn() {
        check(
                noClasses()
                        .that(not(resideInAPackage(ROOT)))
                        .should()
                        .accessTargetWhere(
                                describe("clock or randomness", ArchitectureTest::timeOrChance)));
    }

    @Test
    void nothingStaticChanges() {
        check(
                fields().that()
                        .areStatic()
                        .and(not(describe("made by the compiler", ArchitectureTest::synthetic)))
                        .should()
                        .beFinal()
                        .andShould()
                        .notHaveRawType(
                                resideInAnyPackage(
                                        "java.util.concurrent.atomic..",
                                        "java.util.concurrent.locks..")));
    }

    @Test
    void namesSayTheRoleAndNotThatThereIsOne() {
        check(
                noClasses()
                        .that(
                                not(
                                        describe(
                                                "names of the wire",
                                                type -> WIRE_NAMES.contains(type.getSimpleName()))))
                        .should()
                        .haveNameMatching(
                                ".*(Manager|Utils?|Helper|Impl|Base|Common|Info)|.*[.$]Abstract.*"));
    }

    @Test
    void everyPackageIsCheckedForNulls() {
        for (JavaClass type : SERVER) {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                throw new AssertionError(type.getPackageName() + " is not @NullMarked");
            }
        }
    }

    private static void knowsOnly(String room, String... known) {
        check(
                classes()
                        .that(room(room))
                        .should(onlyDependOnClassesThat(outside().or(room(room)).or(room(known)))));
    }

    private static void onlyIn(DescribedPredicate<JavaClass> types, String... rooms) {
        check(noClasses().that(not(room(rooms))).should().dependOnClassesThat(types));
    }

    private static void check(ArchRule rule) {
        rule.check(SERVER);
    }

    private static DescribedPredicate<JavaClass> room(String... rooms) {
        return resideInAnyPackage(
                Arrays.stream(rooms).map(room -> ROOT + '.' + room + "..").toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> outside() {
        return not(resideInAPackage(ROOT + ".."));
    }

    private static DescribedPredicate<JavaClass> isConfigRecord() {
        return describe(
                "config records",
                type -> {
                    String outermost = type.getName().replaceFirst("\\$.*", "");
                    return outermost.startsWith(ROOT) && outermost.endsWith("Config");
                });
    }

    private static boolean timeOrChance(JavaAccess<?> access) {
        return CHANCE_AND_TIME
                .getOrDefault(access.getTargetOwner().getName(), Set.of())
                .contains(access.getName());
    }

    private static boolean soundsSecret(JavaField field) {
        String name = field.getOwner().getSimpleName() + '.' + field.getName();
        return field.getName().matches("(?i).*(key|secret|password|token)")
                && !KEYS_THAT_OPEN_NOTHING.contains(name);
    }

    private static boolean synthetic(JavaField field) {
        return field.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static String[] and(String[] rooms, String... more) {
        return Stream.concat(Arrays.stream(rooms), Arrays.stream(more)).toArray(String[]::new);
    }
}
