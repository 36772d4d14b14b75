package io.gemproxy.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A client program with one credential. */
record Caller(HttpClient client, String base, String header, String value) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Caller of(HttpClient client, Simulator simulator, String key) {
        return new Caller(client, simulator.baseUrl(), "x-goog-api-key", key);
    }

    HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header(header, value)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    /** The body of a 200 answer; anything else fails the test. */
    JsonNode json(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send(method, path, body);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return MAPPER.readTree(answer.body());
    }

    static JsonNode parse(String text) throws IOException {
        return MAPPER.readTree(text);
    }
}
