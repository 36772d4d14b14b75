package io.gemproxy.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An admin port that says what a test has told it to, and remembers what it was asked; a request it
 * knows no answer to is 404. It lives as long as a test.
 */
final class ScriptedAdmin implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> presented = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private volatile Function<String, Answer> otherwise = request -> missing("There is none.");
    private volatile HttpServer server = unbound();

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    ScriptedAdmin start() throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/", this::answer);
        server.start();
        return this;
    }

    /** From now on nobody listens. */
    @Override
    public void close() {
        server.stop(0);
    }

    /** Answers a request, as {@code GET /api/keys}, with this JSON. */
    ScriptedAdmin says(String request, String json) {
        answers.put(request, json);
        return this;
    }

    /** Answers a request with what a file beside the tests holds. */
    ScriptedAdmin shows(String request, String golden) {
        return says(request, CliRun.golden(golden));
    }

    /** Answers everything else so. */
    ScriptedAdmin otherwise(Function<String, Answer> answer) {
        otherwise = answer;
        return this;
    }

    /** Answers everything so, whatever it was told before. */
    ScriptedAdmin always(int status, String body) {
        answers.clear();
        return otherwise(request -> new Answer(status, body));
    }

    static Answer missing(String detail) {
        return new Answer(404, "{\"title\":\"Not found\",\"detail\":\"" + detail + "\"}");
    }

    /** What it was asked: method, path and body, in order. */
    List<String> asked() {
        return asked;
    }

    /** The credentials it was shown, as their headers had them. */
    List<String> presented() {
        return presented;
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** An installation whose server this is. */
    CliRun installed(Path directory) throws IOException {
        return CliRun.installed(directory).variable("GEMPROXY_ADMIN_PORT", "" + port());
    }

    private void answer(HttpExchange exchange) throws IOException {
        Emissions.OF_THIS_RUN.emitted("the request", exchange.getRequestHeaders().toString());
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        Emissions.OF_THIS_RUN.emitted("the request", request + sent);
        asked.add((request + " " + sent).strip());
        presented.add(
                Objects.requireNonNullElse(
                        exchange.getRequestHeaders().getFirst("Authorization"), ""));
        String known = answers.get(request);
        Answer answer = known == null ? otherwise.apply(request) : new Answer(200, known);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static HttpServer unbound() {
        try {
            return HttpServer.create();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A status and a body. */
    record Answer(int status, String body) {}
}
