package io.gemproxy.server.proxy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.authentication.clients.ClientCredentials;
import io.gemproxy.server.authentication.clients.ClientCredentials.Outcome;
import io.gemproxy.server.exchange.BodyRefused;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.ratelimit.RateLimiter;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * {@code POST /oauth/token}: the client-credentials grant (RFC 6749 section 4.4). Each request
 * leaves one record: {@code TokenIssued}, or that of its refusal.
 */
public final class TokenEndpoint implements ExchangeHandler {
    /** Where it is served. */
    public static final String PATH = "/oauth/token";

    /** The largest body, in bytes. */
    public static final int MOST = 8192;

    private static final System.Logger LOG = System.getLogger(TokenEndpoint.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClientCredentials credentials;
    private final AddressLimits addresses;
    private final BooleanSupplier auditing;
    private final Consumer<AuditEvent> audit;
    private final FinishedExchange.Listener refusals;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final LongAdder streams = new LongAdder();

    /**
     * @param limiter of addresses; what a client asks for with its tokens is counted elsewhere
     * @param auditing false while the audit log blocks
     * @param audit takes a record of each token
     * @param refusals is told of each request that got none
     */
    public TokenEndpoint(
            ClientCredentials credentials,
            RateLimiter limiter,
            BooleanSupplier auditing,
            Consumer<AuditEvent> audit,
            FinishedExchange.Listener refusals,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.credentials = credentials;
        this.addresses = new AddressLimits(limiter);
        this.auditing = auditing;
        this.audit = audit;
        this.refusals = refusals;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public void handle(Exchange exchange, ServerRequest request, ServerResponse response) {
        Outcome.Granted granted;
        try {
            addresses.admit(exchange);
            granted = granted(exchange, request);
        } catch (Refused refused) {
            refuse(exchange, OAuthRefused.of(refused.rejection()), response);
            return;
        } catch (OAuthRefused refused) {
            addresses.refused(exchange, refused.rejection());
            refuse(exchange, refused, response);
            return;
        } catch (BodyRefused refused) {
            refuse(exchange, OAuthRefused.of(refused.rejection()), response);
            return;
        } catch (CloseConnectionException gone) {
            Progress progress = new Progress(exchange, nanoTime, streams);
            progress.closing();
            refusals.finished(progress.finish());
            throw gone;
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "request " + exchange.id() + " failed", bug);
            refuse(exchange, OAuthRefused.of(new Rejection.Internal()), response);
            return;
        }
        issued(exchange, granted);
        send(exchange, response, 200, body(granted));
    }

    @Override
    public void refuse(Exchange exchange, Rejection rejection, ServerResponse response) {
        refuse(exchange, OAuthRefused.of(rejection), response);
    }

    private Outcome.Granted granted(Exchange exchange, ServerRequest request) {
        if (!exchange.method().equals("POST")) {
            throw OAuthRefused.of(new Rejection.WrongMethod("POST"));
        }
        if (!auditing.getAsBoolean()) {
            throw OAuthRefused.of(
                    new Rejection.Unavailable(
                            "AUDIT_UNAVAILABLE", "The audit log cannot be written."));
        }
        OAuthRequest asked = asked(request);
        return switch (credentials.grant(
                asked.client(), asked.secret(), asked.scope(), exchange.sourceIp())) {
            case Outcome.Granted granted -> granted;
            case Outcome.Unknown unknown -> throw OAuthRefused.unknown(unknown.reason());
            case Outcome.TooMuch tooMuch -> throw OAuthRefused.scope(tooMuch.why());
            case Outcome.NotNow notNow -> throw OAuthRefused.tooOften(notNow.retryAfter());
        };
    }

    private static OAuthRequest asked(ServerRequest request) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!bare.equals("application/x-www-form-urlencoded")) {
            throw OAuthRefused.invalid("The body must be application/x-www-form-urlencoded.");
        }
        if (!request.prologue().query().rawValue().isEmpty()) {
            throw OAuthRefused.invalid("Nothing may stand in the query: addresses are logged.");
        }
        FormBody form =
                FormBody.of(read(request))
                        .orElseThrow(() -> OAuthRefused.invalid("The form cannot be read."));
        return OAuthRequest.of(form, request.headers().values(HeaderNames.AUTHORIZATION));
    }

    private static byte[] read(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] body = in.readNBytes(MOST + 1);
            if (body.length > MOST) {
                throw OAuthRefused.of(new Rejection.TooLarge(MOST));
            }
            return body;
        } catch (IOException broken) {
            throw new CloseConnectionException("client left", broken);
        }
    }

    private static byte[] body(Outcome.Granted granted) {
        ObjectNode body = JSON.createObjectNode();
        body.put("access_token", granted.told());
        body.put("token_type", "Bearer").put("expires_in", granted.lifetime().toSeconds());
        granted.scope().ifPresent(scope -> body.put("scope", scope));
        return bytes(body);
    }

    private void issued(Exchange exchange, Outcome.Granted granted) {
        Map<String, String> details = new TreeMap<>();
        details.put("jti", granted.tokenId());
        details.put("expires_at", clock.instant().plus(granted.lifetime()).toString());
        granted.scope().ifPresent(scope -> details.put("scope", scope));
        audit.accept(
                new AuditEvent(
                        AuditEvent.Type.TOKEN_ISSUED,
                        clock.instant(),
                        "oauth.token",
                        Result.SUCCESS,
                        Optional.of(granted.client().value()),
                        Optional.of(exchange.id()),
                        Optional.of(exchange.sourceIp()),
                        details));
    }

    private void refuse(Exchange exchange, OAuthRefused refused, ServerResponse response) {
        Progress progress = new Progress(exchange, nanoTime, streams);
        Rejection rejection = refused.rejection();
        progress.rejected(rejection);
        try {
            ObjectNode body = JSON.createObjectNode();
            body.put("error", refused.error()).put("error_description", refused.description());
            switch (rejection) {
                case Rejection.Unauthenticated _ ->
                        response.header("WWW-Authenticate", "Basic realm=\"gemproxy\"");
                case Rejection.WrongMethod wrong ->
                        response.header(HeaderNames.ALLOW.defaultCase(), wrong.allowed());
                default -> {}
            }
            rejection
                    .retryIn()
                    .ifPresent(time ->
                            response.header(
                                    "Retry-After", Long.toString(RejectionBody.seconds(time))));
            send(exchange, response, rejection.status(), bytes(body));
        } finally {
            refusals.finished(progress.finish());
        }
    }

    private static void send(Exchange exchange, ServerResponse response, int status, byte[] body) {
        AnswerHead.status(response, status);
        exchange.clientRequestId().ifPresent(id -> response.header("x-client-request-id", id));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header("Pragma", "no-cache");
        if (exchange.method().equals("HEAD")) {
            response.headers().set(WireHeader.lengthOfNothing(body.length));
            response.send();
        } else {
            response.send(body);
        }
    }

    private static byte[] bytes(ObjectNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
