package io.gemproxy.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.config.Rule;
import io.gemproxy.server.exchange.EgressFault;
import io.gemproxy.server.exchange.KeyFault;
import io.gemproxy.server.exchange.ProjectFault;
import io.gemproxy.server.exchange.QuotaKind;
import io.gemproxy.server.keys.Lending;
import io.gemproxy.server.upstream.UpstreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CodesTest {
    private static final Path SERVER =
            Path.of("").toAbsolutePath().endsWith("cli")
                    ? Path.of("../server/src/main/java")
                    : Path.of("server/src/main/java");

    /** Where the reason of a refusal is written. */
    private static final Pattern REASON = Pattern.compile("\"([A-Z]{2,}(?:_[A-Z]+)+)\"");

    /** A constant of an enum whose names are reasons. */
    private static final Pattern CONSTANT =
            Pattern.compile("^    ([A-Z]+(?:_[A-Z]+)+)[(,;]", Pattern.MULTILINE);

    /** What the audit log says where the client is told no more than 401. */
    private static final Pattern DETAIL = Pattern.compile("Unauthenticated\\(\"(\\w+)\"\\)");

    /** Words of Google's protocol in those files, and HTTP's. */
    private static final Set<String> OF_THE_WIRE =
            Set.of(
                    "INVALID_ARGUMENT",
                    "PERMISSION_DENIED",
                    "NOT_FOUND",
                    "RESOURCE_EXHAUSTED",
                    "DEADLINE_EXCEEDED");

    /** Variables of the service manager, and those that a hook for DNS records is given. */
    private static final Set<String> OF_THE_ENVIRONMENT =
            Set.of(
                    "LISTEN_FDS",
                    "LISTEN_PID",
                    "ACME_ACTION",
                    "ACME_DOMAIN",
                    "ACME_RECORD_NAME",
                    "ACME_RECORD_VALUE");

    private final Codes codes = Codes.load();

    @Test
    void everyFindingOfValidateIsExplainedUnderItsOwnTitle() {
        for (Rule rule : Rule.values()) {
            Code code = codes.find(rule.code()).orElseThrow(() -> new AssertionError(rule.code()));
            assertEquals(rule.title(), code.title(), rule.code());
        }
    }

    @Test
    void everyReasonOfARefusalIsExplained() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String room : List.of("proxy", "exchange", "listener", "ratelimit")) {
            try (Stream<Path> files =
                    Files.walk(SERVER.resolve("io/gemproxy/server").resolve(room))) {
                for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                    REASON.matcher(Files.readString(file))
                            .results()
                            .map(found -> found.group(1))
                            .filter(reason -> !OF_THE_WIRE.contains(reason))
                            .filter(reason -> !OF_THE_ENVIRONMENT.contains(reason))
                            .filter(reason -> codes.find(reason).isEmpty())
                            .forEach(missing::add);
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyReasonOfAKeysStateAndOfThePoolIsExplained() {
        Set<String> missing = new TreeSet<>();
        Stream.of(
                        Stream.of(KeyFault.values()).map(KeyFault::reason),
                        Stream.of(ProjectFault.values()).map(ProjectFault::reason),
                        Stream.of(EgressFault.values()).map(EgressFault::reason),
                        Stream.of(QuotaKind.values()).map(QuotaKind::reason),
                        Stream.of(Lending.Reason.values())
                                .map(reason -> reason.name().toLowerCase(Locale.ROOT)))
                .flatMap(Function.identity())
                .filter(reason -> codes.find(reason).isEmpty())
                .forEach(missing::add);
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyRefusalOfACredentialIsExplained() throws IOException {
        Set<String> missing = new TreeSet<>();
        collect(missing, "authentication/Refusal.java", CONSTANT);
        collect(missing, "authentication/clients/ClientAuthentication.java", REASON);
        collect(missing, "authentication/clients/ClientCredentials.java", REASON);
        collect(missing, "proxy/Doorkeeper.java", DETAIL);
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyRefusalOnTheWireIsExplained() throws IOException {
        Set<String> missing = new TreeSet<>();
        collect(missing, "listener/WireFault.java", CONSTANT);
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyOutcomeOfAnAttemptIsExplained() {
        Set<String> missing = new TreeSet<>();
        Stream.concat(
                        Stream.of(
                                "client_fault",
                                "resource_unknown",
                                "model_withheld",
                                "model_overloaded",
                                "server_fault",
                                "abandoned",
                                "upstream_broken"),
                        Stream.of(UpstreamException.Fault.values())
                                .map(fault ->
                                        "unreachable_" + fault.name().toLowerCase(Locale.ROOT)))
                .filter(reason -> codes.find(reason).isEmpty())
                .forEach(missing::add);
        assertEquals(Set.of(), missing);
    }

    /** Each name in a file of the server that no code explains. */
    private void collect(Set<String> missing, String file, Pattern name) throws IOException {
        String source = Files.readString(SERVER.resolve("io/gemproxy/server").resolve(file));
        List<String> names = name.matcher(source).results().map(it -> it.group(1)).toList();
        assertTrue(!names.isEmpty(), file);
        names.stream().filter(it -> codes.find(it).isEmpty()).forEach(missing::add);
    }

    @Test
    void findingsThereAreNoneOfAreNotExplained() {
        Set<String> findings = Stream.of(Rule.values()).map(Rule::code).collect(Collectors.toSet());
        for (Code code : codes.all()) {
            if (code.code().startsWith("GPX")) {
                assertTrue(findings.contains(code.code()), code.code());
            } else {
                assertEquals(code.code().toLowerCase(Locale.ROOT), code.code());
            }
        }
    }

    @Test
    void noCodeIsThereTwiceAndEachPartSaysSomething() {
        Set<String> seen = new HashSet<>();
        for (Code code : codes.all()) {
            assertTrue(seen.add(code.code().toLowerCase(Locale.ROOT)), code.code());
            for (String part : List.of(code.title(), code.cause(), code.example(), code.fix())) {
                assertTrue(part.length() >= 4, code.code());
            }
        }
    }

    @Test
    void aCodeIsFoundInAnyCaseAndGuessedFromAPart() {
        assertEquals("GPX2001", codes.find("gpx2001").orElseThrow().code());
        assertEquals("pool_exhausted", codes.find("POOL_EXHAUSTED").orElseThrow().code());
        assertTrue(codes.like("leaked").contains("api_key_leaked"));
    }
}
