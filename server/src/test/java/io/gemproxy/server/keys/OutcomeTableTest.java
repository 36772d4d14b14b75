package io.gemproxy.server.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.upstream.OutcomeClassifier;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Google answers, to what rests and until when: each file of the resource folder {@code
 * outcomes} holds the expectation, a line of dashes, and the body as it comes.
 */
class OutcomeTableTest {
    private static final int FEWEST = 60;
    private static final String END_OF_HEAD = "\n---\n";
    private static final ProjectId PROJECT = new ProjectId("p");
    private static final KeyId KEY = new KeyId("k");

    /** One file; the body's bytes as characters of ISO 8859-1. */
    record Row(String name, List<String> head, String body) {
        Optional<String> value(String field) {
            return values(field).findFirst();
        }

        Stream<String> values(String field) {
            return head.stream()
                    .filter(line -> line.startsWith(field + ": "))
                    .map(line -> line.substring(field.length() + 2));
        }

        Instant now() {
            return Instant.parse(value("now").orElseThrow());
        }

        KeyLease lease() {
            return new KeyLease(
                    KEY, PROJECT, Secret.of("secret"), value("model").map(ModelName::new));
        }

        AttemptOutcome outcome() {
            return OutcomeClassifier.classify(
                    Integer.parseInt(value("status").orElseThrow()),
                    body.getBytes(StandardCharsets.ISO_8859_1),
                    value("type").orElse(""),
                    Operation.valueOf(value("operation").orElse("GENERATE")));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() throws IOException, URISyntaxException {
        URL folder = OutcomeTableTest.class.getResource("/outcomes");
        try (Stream<Path> files = Files.list(Path.of(Objects.requireNonNull(folder).toURI()))) {
            return files.sorted().map(OutcomeTableTest::row).toList().stream();
        }
    }

    /** Without those that rest the model or our address for everybody. */
    static Stream<Row> rowsOfKeysAndProjects() throws IOException, URISyntaxException {
        return rows().filter(row ->
                row.values("block")
                        .noneMatch(it -> it.startsWith("model ") || it.startsWith("egress")));
    }

    @Test
    void theTableIsNotEmptied() throws Exception {
        assertTrue(rows().count() >= FEWEST);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void exactlyWhatTheAnswerNamesRestsUntilExactlyThen(Row row) {
        AttemptOutcome outcome = row.outcome();
        assertEquals(row.value("outcome").orElseThrow(), outcome.label());
        assertEquals(row.value("reason").orElseThrow(), outcome.reason());
        List<String> blocks =
                new Consequences(row::now)
                        .of(row.lease(), outcome).stream().map(OutcomeTableTest::line).toList();
        assertEquals(row.values("block").toList(), blocks);
    }

    /** A key's neighbours, each asked for the model of the row, for another one and for none. */
    @ParameterizedTest
    @MethodSource("rowsOfKeysAndProjects")
    void nothingElseRests(Row row) {
        PoolFixture fixture = new PoolFixture();
        fixture.at(row.now().toString());
        KeyPool pool = fixture.key("k", "p", 1).key("twin", "p", 1).key("far", "q", 1).pool();
        AttemptOutcome outcome = row.outcome();
        List<Block> blocks = new Consequences(row::now).of(row.lease(), outcome);
        pool.settle(lentBy(pool, row.lease()), outcome);
        for (String key : List.of("k", "twin", "far")) {
            ProjectId project = new ProjectId(key.equals("far") ? "q" : "p");
            for (Optional<ModelName> model : models(row)) {
                Set<KeyId> others = Set.of(new KeyId(key.equals("k") ? "twin" : "k"));
                LendingWish wish =
                        LendingWish.of(model, Optional.of(project)).without(others, Set.of());
                boolean rests = blocks.stream().anyMatch(it -> rests(it, key, project, model));
                assertEquals(!rests, pool.canServe(wish), () -> key + " for " + model);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void neitherOutcomeNorBlocksShowKeysOrProjectNumbers(Row row) {
        AttemptOutcome outcome = row.outcome();
        String shown =
                outcome
                        + " "
                        + new Consequences(row::now).of(row.lease(), outcome)
                        + outcome.reason();
        for (String secret : List.of("AIza", "123456789012", "api_key:")) {
            assertFalse(shown.contains(secret), secret);
        }
    }

    /** The same lease as if the pool had given it: only then the pool knows it again. */
    private static KeyLease lentBy(KeyPool pool, KeyLease lease) {
        return new KeyLease(
                lease.key(),
                lease.project(),
                pool.lendForProbe(lease.key()).orElseThrow().secret(),
                lease.model());
    }

    private static List<Optional<ModelName>> models(Row row) {
        return List.of(
                row.value("model").map(ModelName::new),
                Optional.of(new ModelName("gemini-of-nobody")),
                Optional.empty());
    }

    private static boolean rests(
            Block block, String key, ProjectId project, Optional<ModelName> model) {
        return switch (block.scope()) {
            case Scope.Key scope -> scope.key().value().equals(key);
            case Scope.InProject scope -> scope.project().equals(project);
            case Scope.ProjectModel scope ->
                    scope.project().equals(project) && model.equals(Optional.of(scope.model()));
            case Scope.Model _, Scope.Egress _, Scope.BillingAccount _ ->
                    throw new AssertionError(block + " is not of a key or project");
        };
    }

    private static String line(Block block) {
        String scope =
                switch (block.scope()) {
                    case Scope.Key it -> "key " + it.key();
                    case Scope.InProject it -> "project " + it.project();
                    case Scope.ProjectModel it ->
                            "project " + it.project() + " model " + it.model();
                    case Scope.Model it -> "model " + it.model();
                    case Scope.BillingAccount it -> "billing " + it.account();
                    case Scope.Egress _ -> "egress";
                };
        String until = block.until().equals(Instant.MAX) ? "mended" : block.until().toString();
        return scope + ", " + block.reason() + ", " + until + (block.probeEarly() ? ", probe" : "");
    }

    private static Row row(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            int end = text.indexOf(END_OF_HEAD);
            return new Row(
                    file.getFileName().toString(),
                    text.substring(0, end).lines().toList(),
                    text.substring(end + END_OF_HEAD.length()));
        } catch (IOException unreadable) {
            throw new AssertionError(file.toString(), unreadable);
        }
    }
}
