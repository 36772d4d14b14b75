package io.gemproxy.server.telemetry;

import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.gemini.Operation;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Names of the OpenTelemetry conventions for generative AI, status Development; our own constants,
 * since the ones of the Java library are deprecated.
 */
final class GenAi {
    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<String> ANSWERED_BY = AttributeKey.stringKey("gen_ai.response.model");
    static final AttributeKey<String> TOKEN_TYPE = AttributeKey.stringKey("gen_ai.token.type");
    static final AttributeKey<String> MODALITY = AttributeKey.stringKey("gen_ai.token.modality");
    static final AttributeKey<Long> INPUT = AttributeKey.longKey("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> OUTPUT = AttributeKey.longKey("gen_ai.usage.output_tokens");
    static final AttributeKey<Long> CACHED =
            AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
    static final AttributeKey<Long> REASONING =
            AttributeKey.longKey("gen_ai.usage.reasoning.output_tokens");
    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");

    private static final String GEMINI = "gcp.gemini";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private GenAi() {}

    /** The conventions' word for an operation; empty if they have none. */
    static Optional<String> word(Operation operation) {
        return switch (operation) {
            case GENERATE, STREAM_GENERATE -> Optional.of("generate_content");
            case EMBED, OPENAI_EMBEDDINGS -> Optional.of("embeddings");
            case OPENAI_CHAT -> Optional.of("chat");
            case COUNT_TOKENS,
                    PREDICT,
                    BATCH_CREATE,
                    BATCHES,
                    UPLOAD_START,
                    UPLOAD_CHUNK,
                    FILES,
                    DOWNLOAD,
                    CACHED_CONTENTS,
                    OPERATIONS,
                    MODELS,
                    TUNED_MODELS,
                    FILE_SEARCH_STORES,
                    INTERACTIONS,
                    AUTH_TOKENS,
                    OAUTH_TOKEN,
                    OPENAI_MODELS,
                    OPENAI_FILES,
                    OPENAI_BATCHES,
                    OPENAI_OTHER,
                    LIVE,
                    OTHER ->
                    Optional.empty();
        };
    }

    /** What is asked for, of whom; never what was said. */
    static Attributes asked(FinishedExchange exchange, Optional<String> model, URI upstream) {
        Operation operation = exchange.exchange().target().operation();
        AttributesBuilder asked = Attributes.builder();
        asked.put(OPERATION, word(operation).orElse(operation.label()));
        asked.put(PROVIDER, GEMINI);
        model.ifPresent(name -> asked.put(MODEL, name));
        asked.put(SERVER, upstream.getHost());
        asked.put(PORT, (long) port(upstream));
        return asked.build();
    }

    /** A word for what went wrong, if something did. */
    static Optional<String> error(FinishedExchange exchange) {
        return exchange.result() == Result.SUCCESS
                ? Optional.empty()
                : Optional.of(exchange.errorReason().orElse(Integer.toString(exchange.status())));
    }

    /** The method, if it is one of HTTP's: anybody may invent others. */
    static String method(FinishedExchange exchange) {
        String method = exchange.exchange().method();
        return METHODS.contains(method) ? method : ToldModels.OTHER;
    }

    private static int port(URI upstream) {
        if (upstream.getPort() > 0) {
            return upstream.getPort();
        }
        return "http".equals(upstream.getScheme()) ? 80 : 443;
    }
}
