package io.gemproxy.server.proxy;

import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.authentication.clients.ClientCredentials;
import io.gemproxy.server.authentication.clients.ClientCredentials.Outcome;
import io.gemproxy.server.exchange.BodyRefused;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.ratelimit.RateLimiter;
import io.gemproxy.server.ratelimit.budget.DayBook;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
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
 * leaves one terminal record, as all on this port; each token a {@code TokenIssued} besides, which
 * is there before anybody has the token.
 */
public final class TokenEndpoint implements ExchangeHandler {
    /** Where it is served. */
    public static final String PATH = "/oauth/token";

    /** The largest body, in bytes. */
    public static final int MOST = 8192;

    private static final System.Logger LOG = System.getLogger(TokenEndpoint.class.getName());

    private final ClientCredentials credentials;
    private final AddressLimits addresses;
    private final BooleanSupplier auditing;
    private final Consumer<AuditEvent> audit;
    private final FinishedExchange.Listener listener;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final LongAdder streams = new LongAdder();

    /**
     * @param limiter of addresses; what a client asks for with its tokens is counted elsewhere
     * @param days of addresses too
     * @param auditing false while the audit log blocks
     * @param audit takes a record of each token
     * @param listener is told of each request once, whatever happened to it
     */
    public TokenEndpoint(
            ClientCredentials credentials,
            RateLimiter limiter,
            DayBook days,
            BooleanSupplier auditing,
            Consumer<AuditEvent> audit,
            FinishedExchange.Listener listener,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.credentials = credentials;
        this.addresses = new AddressLimits(limiter, days);
        this.auditing = auditing;
        this.audit = audit;
        this.listener = listener;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public void handle(Exchange exchange, ServerRequest request, ServerResponse response) {
        Progress progress = new Progress(exchange, nanoTime, streams);
        try {
            serve(progress, request, response);
        } catch (CloseConnectionException gone) {
            progress.closing();
            throw gone;
        } catch (UncheckedIOException gone) {
            progress.closing();
            throw new CloseConnectionException("client left", gone);
        } finally {
            listener.finished(progress.finish());
        }
    }

    @Override
    public void refuse(Exchange exchange, Rejection rejection, ServerResponse response) {
        Progress progress = new Progress(exchange, nanoTime, streams);
        try {
            refuse(OAuthRefused.of(rejection), progress, response);
        } finally {
            listener.finished(progress.finish());
        }
    }

    private void serve(Progress progress, ServerRequest request, ServerResponse response) {
        Exchange exchange = progress.exchange();
        Outcome.Granted granted;
        try {
            addresses.admit(exchange);
            granted = granted(progress, request);
        } catch (Refused refused) {
            refuse(OAuthRefused.of(refused.rejection()), progress, response);
            return;
        } catch (OAuthRefused refused) {
            addresses.refused(exchange, refused.rejection());
            refuse(refused, progress, response);
            return;
        } catch (BodyRefused refused) {
            refuse(OAuthRefused.of(refused.rejection()), progress, response);
            return;
        } catch (CloseConnectionException gone) {
            throw gone;
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "request " + exchange.id() + " failed", bug);
            refuse(OAuthRefused.of(new Rejection.Internal()), progress, response);
            return;
        }
        progress.client(granted.client());
        issued(exchange, granted);
        OAuthAnswers.give(granted, progress, response);
    }

    private static void refuse(OAuthRefused refused, Progress progress, ServerResponse response) {
        progress.rejected(refused.rejection());
        OAuthAnswers.refuse(refused, progress, response);
    }

    private Outcome.Granted granted(Progress progress, ServerRequest request) {
        Exchange exchange = progress.exchange();
        if (!exchange.method().equals("POST")) {
            throw OAuthRefused.of(new Rejection.WrongMethod("POST"));
        }
        if (!auditing.getAsBoolean()) {
            throw OAuthRefused.of(
                    new Rejection.Unavailable(
                            "AUDIT_UNAVAILABLE", "The audit log cannot be written."));
        }
        OAuthRequest asked = asked(progress, request);
        return switch (credentials.grant(
                asked.client(), asked.secret(), asked.scope(), exchange.sourceIp())) {
            case Outcome.Granted granted -> granted;
            case Outcome.Unknown unknown -> throw OAuthRefused.unknown(unknown.reason());
            case Outcome.TooMuch tooMuch -> throw OAuthRefused.scope(tooMuch.why());
            case Outcome.NotNow notNow -> throw OAuthRefused.tooOften(notNow.retryAfter());
        };
    }

    private static OAuthRequest asked(Progress progress, ServerRequest request) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!bare.equals("application/x-www-form-urlencoded")) {
            throw OAuthRefused.invalid("The body must be application/x-www-form-urlencoded.");
        }
        if (!request.prologue().query().rawValue().isEmpty()) {
            throw OAuthRefused.invalid("Nothing may stand in the query: addresses are logged.");
        }
        byte[] body = read(request);
        progress.received(body.length);
        FormBody form =
                FormBody.of(body)
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
}
