package io.gemproxy.simulator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gemproxy.simulator.http.Answer;
import io.gemproxy.simulator.http.Exchange;
import io.gemproxy.simulator.http.RequestHead;
import io.gemproxy.simulator.quota.ApiKey;
import io.gemproxy.simulator.quota.Keyring;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The API: which call goes where. */
public final class Gemini {
    private final Resources resources;
    private final Models models = new Models();
    private final Embeddings embeddings = new Embeddings();
    private final Generation generation;
    private final Files files;
    private final Uploads uploads;
    private final Caches caches;
    private final OpenAi openAi;
    private final TunedModels tunedModels;
    private final Batches batches;
    private final Operations operations;
    private final Stores stores;
    private final Interactions interactions;
    private final Tokens tokens;
    private final Live live;

    public Gemini(InstantSource clock, PrefixCache implicit) {
        this.resources = new Resources(clock);
        this.generation = new Generation(resources, implicit);
        this.files = new Files(resources);
        this.stores = new Stores(resources);
        this.uploads = new Uploads(resources, stores);
        this.caches = new Caches(resources, models);
        this.batches = new Batches(resources, generation);
        this.openAi = new OpenAi(resources, models, generation, files, batches);
        this.tunedModels = new TunedModels(resources, models, generation);
        this.operations = new Operations(resources);
        this.interactions = new Interactions(resources, models);
        this.tokens = new Tokens(resources);
        this.live = new Live(resources, models);
    }

    /** The path behind the version: "models/x:generateContent". */
    public static String behindVersion(String path) {
        String bare = path.startsWith("/download/") ? path.substring(9) : path;
        int slash = bare.indexOf('/', 1);
        return slash < 0 ? "" : bare.substring(slash + 1);
    }

    /** The model a call names in its path, or in its body where the API has it there. */
    public static @Nullable String model(Exchange exchange) throws IOException {
        String path = exchange.head().target().path();
        boolean inBody = path.contains("/openai/") || path.endsWith("/interactions");
        if (!inBody || !exchange.head().method().equals("POST")) {
            return model(path);
        }
        try {
            String named = Json.parse(exchange.body().whole()).path("model").asText("");
            return named.isEmpty() ? null : OpenAi.bare(named);
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    private static @Nullable String model(String path) {
        int at = path.indexOf("/models/");
        if (at < 0) {
            return null;
        }
        int end = path.indexOf(':', at);
        int slash = path.indexOf('/', at + 8);
        end = end < 0 ? path.length() : end;
        return path.substring(at + 8, slash < 0 ? end : Math.min(slash, end));
    }

    /** In what shape errors of that call are told. */
    public static Shape shape(RequestHead head) {
        String path = head.target().path();
        if (path.contains("/openai/")) {
            return Shape.ARRAY;
        }
        if (path.contains("/interactions")) {
            return Shape.INTERACTIONS;
        }
        if (!path.endsWith(":streamGenerateContent")) {
            return Shape.NATIVE;
        }
        return "sse".equals(head.target().parameter("alt")) ? Shape.EVENTS : Shape.ARRAY;
    }

    /** An error as an answer. */
    public static Answer refusal(ApiException error, Shape shape) {
        String type =
                shape == Shape.EVENTS ? "text/event-stream" : "application/json; charset=UTF-8";
        return Answer.of(error.status(), type, ErrorShapes.bytes(error, shape));
    }

    /** A chunk of an upload needs no key: its id is known to nobody else. */
    public boolean isUploadChunk(RequestHead head) {
        return uploads.isChunk(head);
    }

    public Answer chunk(Exchange exchange) throws IOException, ApiException {
        return uploads.chunk(exchange);
    }

    /** Whether a path is the Live WebSocket's; SDKs write it with one slash or two. */
    private static boolean isLive(String path) {
        return path.contains("/ws/google.ai.generativelanguage.");
    }

    /** What an ephemeral token says on the Live path; null when the request has none. */
    public Keyring.@Nullable Verdict ephemeral(RequestHead head) {
        String token = isLive(head.target().path()) ? Tokens.in(head) : null;
        if (token == null) {
            return null;
        }
        ApiKey key = tokens.use(token);
        return key == null ? new Keyring.Unknown() : new Keyring.Known(key);
    }

    /** Answers a call whose key was accepted. */
    public Answer answer(Call call) throws IOException, ApiException {
        String path = call.exchange().head().target().path();
        if (isLive(path)) {
            return live.answer(call);
        }
        if (path.startsWith("/upload/")) {
            return uploads.start(call);
        }
        String resource = call.resource();
        String kind =
                resource.contains("/") ? resource.substring(0, resource.indexOf('/')) : resource;
        return switch (kind) {
            case "models" -> model(call);
            case "tunedModels" -> tunedModels.answer(call);
            case "files" -> files.answer(call);
            case "openai" -> openAi.answer(call);
            case "batches" -> batches.answer(call);
            case "fileSearchStores" -> stores.answer(call);
            case "interactions" -> interactions.answer(call);
            case "auth_tokens" -> tokens.create(call);
            case "cachedContents" -> caches.answer(call);
            default -> throw Errors.notFound();
        };
    }

    private Answer model(Call call) throws IOException, ApiException {
        if (call.resource().contains("/operations/")) {
            return operations.look(call);
        }
        if (call.verb().isEmpty()) {
            return models.answer(call);
        }
        String id = call.resource().substring(call.resource().indexOf('/') + 1);
        if (!models.has(id) || !call.method().equals("POST")) {
            throw Errors.unknownModel(id);
        }
        return switch (call.verb()) {
            case "generateContent" -> generation.generate(call, id);
            case "streamGenerateContent" -> generation.stream(call, id);
            case "countTokens" -> generation.count(call, id);
            case "embedContent" -> embeddings.one(call);
            case "batchEmbedContents" -> embeddings.many(call);
            case "batchGenerateContent" -> batches.create(call, id, false);
            case "asyncBatchEmbedContent" -> batches.create(call, id, true);
            case "predict" -> operations.predict(call);
            case "predictLongRunning" -> operations.start(call, id);
            default -> throw Errors.unknownModel(id);
        };
    }
}
