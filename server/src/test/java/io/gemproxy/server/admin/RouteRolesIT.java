package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.listener.AdminSocket;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Every route and everybody who may ask. The table is written by hand, and a route without a row
 * fails: who adds one says here who may use it.
 */
@ResourceLock("metrics")
@Timeout(60)
class RouteRolesIT {
    private static final Map<String, Endpoint.Access> TABLE =
            table(
                    """
                    OPEN     GET    /health
                    OPEN     GET    /health/live
                    OPEN     GET    /health/ready
                    OPEN     GET    /health/detailed
                    OPENABLE GET    /metrics
                    OPENABLE GET    /performance
                    OPENABLE GET    /errors
                    LOGIN    POST   /auth/login
                    LOGIN    POST   /auth/refresh
                    ADMIN    POST   /auth/logout
                    ADMIN    GET    /api/openapi.yaml
                    ADMIN    GET    /api/status
                    ADMIN    POST   /api/drain
                    ADMIN    GET    /api/certificates
                    ADMIN    POST   /api/certificates/renew
                    ADMIN    GET    /api/keys
                    ADMIN    POST   /api/keys
                    ADMIN    GET    /api/keys/{id}
                    ADMIN    PATCH  /api/keys/{id}
                    ADMIN    DELETE /api/keys/{id}
                    ADMIN    POST   /api/keys/{id}/enable
                    ADMIN    POST   /api/keys/{id}/disable
                    ADMIN    POST   /api/keys/{id}/test
                    ADMIN    GET    /api/config
                    ADMIN    PUT    /api/config
                    ADMIN    POST   /api/config/validate
                    ADMIN    POST   /api/config/reload
                    ADMIN    GET    /api/config/running
                    ADMIN    GET    /api/config/diff
                    ADMIN    GET    /api/config/history
                    ADMIN    GET    /api/config/history/{version}
                    ADMIN    GET    /api/config/history/{version}/diff
                    ADMIN    POST   /api/config/history/{version}/rollback
                    ADMIN    GET    /api/weights
                    ADMIN    GET    /api/weights/presets
                    ADMIN    GET    /api/weights/presets/{name}
                    ADMIN    PUT    /api/weights/presets/{name}
                    ADMIN    DELETE /api/weights/presets/{name}
                    ADMIN    POST   /api/weights/apply
                    ADMIN    POST   /api/weights/rollback
                    ADMIN    GET    /api/budgets
                    ADMIN    POST   /api/budgets/reset
                    ADMIN    POST   /api/budgets/{id}/reset
                    ADMIN    GET    /api/usage
                    ADMIN    GET    /api/usage/cache
                    ADMIN    POST   /api/tokens
                    ADMIN    POST   /api/tokens/revoke
                    ADMIN    GET    /api/tokens/revoked
                    ADMIN    GET    /api/tokens/keys
                    ADMIN    POST   /api/tokens/keys/rotate
                    ADMIN    POST   /api/tokens/keys/{id}/retire
                    ADMIN    GET    /api/sessions
                    ADMIN    DELETE /api/sessions
                    ADMIN    GET    /api/sessions/{id}
                    ADMIN    DELETE /api/sessions/{id}
                    ADMIN    GET    /api/requests/{id}
                    ADMIN    GET    /api/audit
                    """);

    private final AdminFixture admin = new AdminFixture();
    @TempDir private Path directory;

    @AfterEach
    void close() {
        admin.close();
    }

    /** Who asks, and what comes of it where a token is wanted: 0 stands for what the route does. */
    private enum Caller {
        NOBODY(401),
        GARBAGE(401),
        EXPIRED(401),
        CLIENT(403),
        ADMIN(0),
        SESSION(0),
        COOKIE(0),
        COOKIE_OF_ANOTHER_SITE(403),
        SOCKET(0);

        private final int guarded;

        Caller(int guarded) {
            this.guarded = guarded;
        }
    }

    @Test
    void everyRouteHasARowAndEveryRowARoute() {
        Map<String, Endpoint.Access> served = new TreeMap<>();
        for (Endpoint endpoint : new Endpoints(admin.sources()).all()) {
            served.put(endpoint.verb() + " " + endpoint.path(), endpoint.access());
        }
        assertEquals(TABLE, served);
    }

    @Test
    void eachRouteAnswersEachCallerAsItsRowSaysWithOpenEndpoints() throws Exception {
        check(true);
    }

    @Test
    void eachRouteAnswersEachCallerAsItsRowSaysWithoutOpenEndpoints() throws Exception {
        check(false);
    }

    private void check(boolean open) throws Exception {
        AdminConfig config = AdminFixture.config(open, List.of());
        DirectClient port = new DirectClient(admin.routing(config));
        Path path = directory.resolve("s");
        try (AdminSocket _ =
                AdminSocket.start(
                        path,
                        admin.routing(config),
                        () -> new RequestId("WIRE"),
                        System::nanoTime)) {
            Asking asking = new Asking(port, new SocketTalk(path));
            assertAll(
                    TABLE.entrySet().stream()
                            .flatMap(row -> rows(row.getKey(), row.getValue(), open, asking)));
        }
    }

    private Stream<Executable> rows(
            String route, Endpoint.Access access, boolean open, Asking asking) {
        String[] line = route.split(" ", 2);
        boolean guarded =
                access == Endpoint.Access.ADMIN || (access == Endpoint.Access.OPENABLE && !open);
        return Stream.of(Caller.values())
                .map(caller ->
                        () -> {
                            int expected = guarded ? caller.guarded : 0;
                            boolean foreign =
                                    caller == Caller.COOKIE_OF_ANOTHER_SITE
                                            && !line[0].equals("GET");
                            int status = asking.status(line[0], target(line[1]), caller);
                            String what = route + " by " + caller + ": " + status;
                            assertEquals(foreign ? 403 : expected, refusal(status), what);
                        });
    }

    /** 401 and 403 are the guard's; no route that was reached answers so to an empty body. */
    private static int refusal(int status) {
        boolean reached =
                status < 500 && status != 401 && status != 403 && status != 405 && status != 421;
        return reached ? 0 : status;
    }

    private static String target(String path) {
        return path.replaceAll("\\{[a-z]+}", "nothing-of-that-name");
    }

    private static Map<String, Endpoint.Access> table(String text) {
        Function<String[], String> route = row -> row[1] + " " + row[2];
        return new TreeMap<>(
                text.lines()
                        .map(line -> line.split(" +"))
                        .collect(Collectors.toMap(route, row -> Endpoint.Access.valueOf(row[0]))));
    }

    /** Asks as each of the callers. */
    private final class Asking {
        private final DirectClient port;
        private final SocketTalk socket;

        Asking(DirectClient port, SocketTalk socket) {
            this.port = port;
            this.socket = socket;
        }

        int status(String method, String path, Caller caller) throws IOException {
            if (caller == Caller.SOCKET) {
                return SocketTalk.status(socket.ask(method, path, List.of(), ""));
            }
            Http1ClientRequest request =
                    port.method(Method.create(method)).uri("http://localhost" + path);
            fields(caller)
                    .forEach((name, value) -> request.header(HeaderNames.create(name), value));
            try (Http1ClientResponse response = request.request()) {
                Emissions.OF_THIS_RUN.emitted("the head of " + path, response.headers().toString());
                return response.status().code();
            }
        }

        private Map<String, String> fields(Caller caller) throws IOException {
            return switch (caller) {
                case NOBODY, SOCKET -> Map.of();
                case GARBAGE -> bearer("nonsense");
                case EXPIRED -> bearer(expired());
                case CLIENT -> bearer(AdminFixture.CLIENT_TOKEN);
                case ADMIN -> bearer(AdminFixture.ADMIN_TOKEN);
                case SESSION -> bearer(session());
                case COOKIE ->
                        Map.of(
                                "Cookie",
                                AdminDoor.COOKIE + "=" + session(),
                                "Origin",
                                "http://localhost",
                                BrowserGuard.HEADER,
                                "1");
                case COOKIE_OF_ANOTHER_SITE ->
                        Map.of(
                                "Cookie",
                                AdminDoor.COOKIE + "=" + session(),
                                "Origin",
                                "http://evil.example",
                                BrowserGuard.HEADER,
                                "1");
            };
        }

        private static Map<String, String> bearer(String token) {
            return Map.of("Authorization", "Bearer " + token);
        }

        /** A new one each time: some routes end all of them. */
        private String session() throws IOException {
            return admin.people.desk().sessions().open("127.0.0.1", Optional.of("test")).access();
        }

        private static String expired() {
            InstantSource then = InstantSource.fixed(AdminFixture.NOW.minusSeconds(7200));
            return new TokenIssuer(Secret.of(FakeTokenDesk.SECRET), new Random(3), then)
                    .issue(TokenGrant.of("late", Duration.ofHours(1), Role.ADMIN));
        }
    }
}
