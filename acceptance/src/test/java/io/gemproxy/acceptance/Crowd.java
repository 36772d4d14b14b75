package io.gemproxy.acceptance;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Clients that ask at the same time. */
final class Crowd {
    static final int CLIENTS = 8;
    private static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";

    private Crowd() {}

    /** Sends that many requests, each client its share; how often each status came. */
    static Map<Integer, Long> send(Bench bench, int requests) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        bench.url()
                                                + "/v1beta/models/gemini-2.5-flash:generateContent"))
                        .header("x-goog-api-key", bench.token())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(BODY))
                        .build();
        ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
        try (HttpClient client =
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Boolean>> shares = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int share = requests / CLIENTS + (i < requests % CLIENTS ? 1 : 0);
                shares.add(() -> {
                    for (int sent = 0; sent < share; sent++) {
                        statuses.add(
                                client.send(request, HttpResponse.BodyHandlers.discarding())
                                        .statusCode());
                    }
                    return true;
                });
            }
            for (Future<Boolean> done : clients.invokeAll(shares)) {
                done.get();
            }
        }
        return statuses.stream()
                .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
    }
}
