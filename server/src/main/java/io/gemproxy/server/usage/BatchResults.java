package io.gemproxy.server.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.gemini.Counting;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.ModelNames;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.TokenUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the results of a batch: inline in its operation or resource, or a line each in a file, of
 * the native API or OpenAI's. Only counts that stand where Google puts them are read: what a model
 * said lies deeper.
 */
final class BatchResults implements AnswerReader {
    private static final int LONGEST_TEXT = 64 * 1024 * 1024;

    /** Names of what may enclose a result's counts; elements of arrays have none. */
    private static final Set<String> WAY =
            Set.of(
                    "",
                    "response",
                    "output",
                    "metadata",
                    "inlinedResponses",
                    "inlinedEmbedContentResponses",
                    "body");

    /** Where each batch of a list stands. */
    private static final List<String> LISTED = List.of("", "operations", "");

    /** How a batch ends otherwise than with all its results; names differ by API version. */
    private static final Pattern GIVEN_UP = Pattern.compile("_STATE_(FAILED|CANCELLED|EXPIRED)$");

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(200)
                                    .maxStringLength(LONGEST_TEXT)
                                    .build())
                    .build();

    private final BatchTally results;
    private final BatchTally repeated;
    private final @Nullable JsonParser json;
    private final List<String> way = new ArrayList<>();
    private @Nullable TokenBuffer counts;
    private @Nullable TokenUsage usage;
    private Optional<ModelName> model = Optional.empty();
    private Optional<ModelName> batchModel = Optional.empty();
    private String state = "";
    private final boolean tells;
    private String batch;
    private final Map<String, String> files = new LinkedHashMap<>();
    private int countsDepth;
    private boolean broken;

    BatchResults(Exchange exchange, Pricing pricing) {
        results = new BatchTally(exchange, pricing);
        repeated = new BatchTally(exchange, pricing);
        tells = exchange.target().operation() == Operation.BATCHES;
        batch = exchange.target().resource().orElse("");
        json = parser();
    }

    private static @Nullable JsonParser parser() {
        try {
            return JSON.createNonBlockingByteArrayParser();
        } catch (IOException impossible) {
            return null;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (broken || json == null) {
            return;
        }
        try {
            ByteArrayFeeder feeder = (ByteArrayFeeder) json.getNonBlockingInputFeeder();
            feeder.feedInput(bytes, offset, offset + length);
            for (JsonToken token = json.nextToken();
                    token != null && token != JsonToken.NOT_AVAILABLE;
                    token = json.nextToken()) {
                take(json, token);
            }
        } catch (IOException | RuntimeException noJson) {
            broken = true;
        }
    }

    private void take(JsonParser parser, JsonToken token) throws IOException {
        if (counts != null) {
            counts.copyCurrentEvent(parser);
        }
        switch (token) {
            case START_OBJECT, START_ARRAY -> open(parser, token);
            case END_OBJECT, END_ARRAY -> close();
            case VALUE_STRING -> text(parser);
            case VALUE_NUMBER_INT -> embedded(parser);
            default -> {}
        }
    }

    private void open(JsonParser parser, JsonToken token) throws IOException {
        String name = name(parser.getParsingContext());
        if (counts == null && isCounts(name) && token == JsonToken.START_OBJECT) {
            counts = new TokenBuffer(parser);
            counts.copyCurrentEvent(parser);
            countsDepth = way.size();
        }
        way.add(name);
    }

    /** The name under which the value that has just begun stands. */
    private static String name(JsonStreamContext inside) {
        JsonStreamContext parent = inside.getParent();
        String name = parent == null ? null : parent.getCurrentName();
        return name == null ? "" : name;
    }

    private boolean isCounts(String name) {
        String enclosing = way.isEmpty() ? "" : way.getLast();
        boolean ofGoogle = name.equals("usageMetadata") && enclosing.equals("response");
        boolean ofOpenAi = name.equals("usage") && enclosing.equals("body");
        return (ofGoogle || ofOpenAi) && WAY.containsAll(way);
    }

    private void close() throws IOException {
        String closed = way.removeLast();
        TokenBuffer gathered = counts;
        if (gathered != null && way.size() == countsDepth) {
            counts = null;
            counted(gathered, closed);
        } else if (closed.equals("response") && usage != null) {
            boolean again = way.contains("metadata");
            (again ? repeated : results).add(usage, model.or(() -> batchModel));
            usage = null;
            model = Optional.empty();
        }
    }

    private void counted(TokenBuffer gathered, String name) throws IOException {
        UsageCounts read = new UsageCounts();
        try (JsonParser again = gathered.asParser()) {
            again.nextToken();
            read.read(again);
        }
        if (read.stated()) {
            usage = name.equals("usage") ? read.ofOpenAi() : read.ofNative();
        }
    }

    private void text(JsonParser parser) throws IOException {
        String name = parser.currentName();
        String enclosing = way.isEmpty() ? "" : way.getLast();
        if (counts != null || name == null) {
            return;
        }
        if (tells) {
            place(name, parser);
        }
        if (!WAY.containsAll(way)) {
            return;
        }
        if (name.equals("state") && way.size() <= 2) {
            state = parser.getText();
            return;
        }
        boolean ofGoogle = name.equals("modelVersion") && enclosing.equals("response");
        boolean ofOpenAi = name.equals("model") && enclosing.equals("body");
        if (ofGoogle || ofOpenAi) {
            model = ModelNames.of(parser.getText());
        } else if (name.equals("model") && way.size() <= 2) {
            batchModel = ModelNames.of(parser.getText());
        } else {
            embedded(parser);
        }
    }

    /** Results of embeddings state one number only. */
    private void embedded(JsonParser parser) throws IOException {
        if (counts == null
                && "tokenCount".equals(parser.currentName())
                && way.getLast().equals("response")
                && WAY.containsAll(way)) {
            long tokens = UsageCounts.count(parser);
            usage = new TokenUsage(tokens, 0, 0, 0, 0, tokens);
        }
    }

    @Override
    public boolean givenUp() {
        return GIVEN_UP.matcher(state).find();
    }

    /** Of a batch or, in a list, of each of them, the file with its results. */
    private void place(String name, JsonParser parser) throws IOException {
        boolean listed = way.size() >= LISTED.size() && way.subList(0, 3).equals(LISTED);
        List<String> inside = listed ? way.subList(3, way.size()) : way;
        if (listed && inside.isEmpty() && name.equals("name")) {
            batch = parser.getText();
        } else if (name.equals("responsesFile")
                && inside.size() <= 3
                && WAY.containsAll(inside)
                && parser.getText().startsWith("files/")) {
            files.put(batch, parser.getText());
        }
    }

    @Override
    public Map<String, String> results() {
        return files;
    }

    private BatchTally tally() {
        return results.usage().isPresent() ? results : repeated;
    }

    @Override
    public Optional<TokenUsage> last() {
        return broken ? largest() : tally().usage();
    }

    @Override
    public Optional<TokenUsage> largest() {
        return tally().usage().map(sum -> sum.with(sum.detail().with(Counting.LOWER_BOUND)));
    }

    @Override
    public Optional<Cost> cost() {
        return tally().cost();
    }

    @Override
    public Optional<ModelName> model() {
        return tally().model();
    }
}
