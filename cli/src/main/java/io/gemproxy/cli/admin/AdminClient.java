package io.gemproxy.cli.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Progress;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.api.WebClientConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks the admin port; the one HTTP client of this program. */
public final class AdminClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SPARE = Duration.ofSeconds(2);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final byte[] NOTHING = {};
    private static final int MOST_BYTES = 16 << 20;

    private final Progress progress;

    public AdminClient(Progress progress) {
        this.progress = progress;
    }

    /**
     * The JSON at a path.
     *
     * @throws CommandFailedException if the server cannot be reached, or refuses
     */
    public JsonNode get(AdminTarget target, String path) {
        return json(target, exchange(target, Method.GET, path, NOTHING, WHOLE));
    }

    /**
     * The text at a path.
     *
     * @throws CommandFailedException if the server cannot be reached, or refuses
     */
    public String text(AdminTarget target, String path) {
        byte[] body = exchange(target, Method.GET, path, NOTHING, WHOLE);
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * Does something and returns the JSON that tells what became of it.
     *
     * @param patience for the whole exchange
     * @throws CommandFailedException if the server cannot be reached, or refuses
     */
    public JsonNode post(AdminTarget target, String path, Duration patience) {
        return json(target, exchange(target, Method.POST, path, NOTHING, patience));
    }

    /** The same with a body. */
    public JsonNode post(AdminTarget target, String path, JsonNode body, Duration patience) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return json(target, exchange(target, Method.POST, path, bytes, patience));
    }

    /** The same with a text that the server reads by itself. */
    public JsonNode post(AdminTarget target, String path, byte[] text, Duration patience) {
        return json(target, exchange(target, Method.POST, path, text, patience));
    }

    /** Writes something and returns the JSON that tells what became of it. */
    public JsonNode put(AdminTarget target, String path, JsonNode body, Duration patience) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return json(target, exchange(target, Method.PUT, path, bytes, patience));
    }

    /** Removes or ends something and returns the JSON that tells what became of it. */
    public JsonNode delete(AdminTarget target, String path) {
        return json(target, exchange(target, Method.DELETE, path, NOTHING, WHOLE));
    }

    /** A part of a path, as it is written in one. */
    public static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private byte[] exchange(
            AdminTarget target, Method method, String path, byte[] body, Duration patience) {
        FutureTask<byte[]> asking =
                new FutureTask<>(() -> ask(target, method, path, body, patience));
        try (var _ = progress.begin(waiting(target, patience))) {
            Thread.ofVirtual().name("admin-client").start(asking);
            return asking.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            throw unreachable(
                    target,
                    new SSLException("no answer within " + patience.toSeconds() + " s", silent));
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof CommandFailedException told
                    ? told
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(ExitCode.NO, "interrupted", stopped);
        }
    }

    private static String waiting(AdminTarget target, Duration patience) {
        return "Waiting for " + target.server() + ", " + Humane.duration(patience) + " at most";
    }

    /** Helidon gives a TLS handshake no deadline, so the caller sets one round the whole. */
    private static byte[] ask(
            AdminTarget target, Method method, String path, byte[] sent, Duration patience) {
        WebClient client = client(target, patience);
        try (HttpClientResponse response = answer(client, target, method, path, sent)) {
            return read(target, response.status().code(), body(response));
        } catch (UncheckedIOException failed) {
            throw unreachable(target, Objects.requireNonNull(failed.getCause()));
        } catch (IOException failed) {
            throw unreachable(target, failed);
        } catch (CommandFailedException told) {
            throw told;
        } catch (RuntimeException noHttp) {
            // Helidon's parser meets TLS, or whatever else is no HTTP, with exceptions of many
            // kinds
            throw notTheAdminPort(target, noHttp);
        } finally {
            client.closeResource();
        }
    }

    private static WebClient client(AdminTarget target, Duration patience) {
        WebClientConfig.Builder builder =
                WebClient.builder()
                        .baseUri(target.socket().isPresent() ? LocalSocket.NAME : target.server())
                        .connectTimeout(CONNECT)
                        .readTimeout(patience.minus(SPARE))
                        .followRedirects(false)
                        .keepAlive(false);
        target.trust().ifPresent(trust -> builder.tls(Tls.builder().sslContext(trust).build()));
        return builder.build();
    }

    private static HttpClientResponse answer(
            WebClient client, AdminTarget target, Method method, String path, byte[] sent) {
        HttpClientRequest request =
                client.method(method)
                        .uri(path)
                        .skipUriEncoding(true)
                        .header(HeaderNames.ACCEPT, "application/json, text/plain");
        target.credential()
                .ifPresent(token ->
                        request.header(HeaderNames.AUTHORIZATION, "Bearer " + token.open()));
        if (sent.length > 0) {
            request.header(HeaderNames.CONTENT_TYPE, "application/json");
        }
        target.socket()
                .ifPresent(socket -> request.connection(LocalSocket.connect(client, socket)));
        return sent.length > 0 ? request.submit(sent) : request.request();
    }

    private static byte[] body(HttpClientResponse response) throws IOException {
        if (!response.entity().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = response.inputStream()) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    private static byte[] read(AdminTarget target, int status, byte[] body) {
        return switch (status) {
            // a configuration that is refused, with findings for the command to show
            case 200, 422 -> body;
            case 401 ->
                    throw new CommandFailedException(
                            ExitCode.UNAUTHORISED,
                            target.server() + " does not accept the admin token");
            case 403 -> throw forbidden(target, body);
            default ->
                    throw new CommandFailedException(
                            ExitCode.NO, target.server() + " answered " + status + problem(body));
        };
    }

    private static JsonNode json(AdminTarget target, byte[] body) {
        try {
            JsonNode json = Json.READER.readTree(body);
            if (json.isObject()) {
                return json;
            }
            throw notTheAdminPort(target, null);
        } catch (IOException noJson) {
            throw notTheAdminPort(target, noJson);
        }
    }

    private static CommandFailedException notTheAdminPort(
            AdminTarget target, @Nullable Throwable cause) {
        String message =
                target.server()
                        + " does not answer like the admin port of gemproxy (by default"
                        + " http://127.0.0.1:9090; the proxy port is another)";
        return cause == null
                ? new CommandFailedException(ExitCode.NO, message)
                : new CommandFailedException(ExitCode.NO, message, cause);
    }

    /** A token may be too weak, or nobody may, with whatever token. */
    private static CommandFailedException forbidden(AdminTarget target, byte[] body) {
        boolean byInstallation =
                new String(body, StandardCharsets.UTF_8).contains("problem:writes_forbidden");
        return byInstallation
                ? new CommandFailedException(
                        ExitCode.NO, target.server() + " answered 403" + problem(body))
                : new CommandFailedException(
                        ExitCode.UNAUTHORISED,
                        target.server() + " says that this is not an admin token");
    }

    /** The words of an {@code application/problem+json} (RFC 9457). */
    private static String problem(byte[] body) {
        try {
            JsonNode problem = Json.READER.readTree(new String(body, StandardCharsets.UTF_8));
            if (!problem.path("title").isTextual()) {
                return "";
            }
            String id = problem.path("request_id").asText("");
            return ": "
                    + problem.path("title").asText()
                    + ". "
                    + problem.path("detail").asText("")
                    + (id.isEmpty() ? "" : " (request " + id + ")");
        } catch (JsonProcessingException notOurs) {
            return "";
        }
    }

    private static CommandFailedException unreachable(AdminTarget target, Throwable cause) {
        if (cause instanceof SSLException) {
            return new CommandFailedException(
                    ExitCode.UNREACHABLE,
                    target.server()
                            + " cannot be reached: its certificate is not trusted or not for that name,"
                            + " or it speaks no TLS\n--ca FILE names what to trust. Is it the admin port?"
                            + " By default that is http://127.0.0.1:9090, and https only with"
                            + " admin.tls.enabled.",
                    cause);
        }
        String why =
                switch (cause) {
                    case UnknownHostException _ -> "there is no such host";
                    case SocketTimeoutException _ -> "it does not answer in time";
                    default -> String.valueOf(cause.getMessage());
                };
        return new CommandFailedException(
                ExitCode.UNREACHABLE,
                target.server() + " cannot be reached: " + why + "\nIs the server running?",
                cause);
    }

    /** Made with the first answer. */
    private static final class Json {
        /** Sums of money are exact, and stay so. */
        private static final ObjectMapper READER =
                JsonMapper.builder()
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                        .build();
    }
}
