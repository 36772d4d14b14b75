package io.gemproxy.server.audit;

import io.gemproxy.server.audit.chain.Chain;
import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.gemini.Counting;
import io.gemproxy.server.gemini.TokenUsage;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Writes exchanges and events as lines of the audit log; fields that are not known are left out.
 */
final class AuditFormat {
    private static final int MAX_ATTEMPTS = 32;

    private final JsonLine line;
    private final Chain chain;
    private int start;

    AuditFormat(JsonLine line, Chain chain) {
        this.line = line;
        this.chain = chain;
    }

    void exchange(FinishedExchange finished) {
        switch (finished.rejection().orElse(null)) {
            case Rejection.Unauthenticated refused ->
                    refused(finished, "AuthFailure", "authenticate", refused.detail());
            case Rejection.Limited limited -> limited(finished, limited);
            case null, default -> call(finished);
        }
    }

    void checkpoint(Checkpoint checkpoint) {
        Checkpoint.Kind kind = checkpoint.kind();
        begin(checkpoint.at(), AuditEvent.Type.ADMIN_ACTION.word());
        line.field("action", kind.action()).field("result", kind.result().word());
        line.field("key_id", chain.key().id());
        checkpoint.numbers().forEach((name, value) -> line.field(name, value));
        checkpoint.words().forEach((name, value) -> line.field(name, value));
        seal();
    }

    /** The first three fields of each record, in this order: {@code SealedLine} counts on it. */
    private void begin(Instant at, String type) {
        start = line.length();
        line.open().field("timestamp", at).field("seq", chain.next()).field("event_type", type);
    }

    /** The last two. */
    private void seal() {
        line.field("prev", chain.previous());
        line.field("hash", line.seal(chain, start));
        line.close().end();
    }

    private void limited(FinishedExchange finished, Rejection.Limited limited) {
        head(finished, "RateLimited", "call_api", Result.DENIED);
        request(finished.exchange());
        line.field("status", finished.status()).field("policy", limited.policy().word());
        errorReason(limited.reason());
        seal();
    }

    void event(AuditEvent event) {
        begin(event.at(), event.type().word());
        event.requestId().map(RequestId::value).ifPresent(id -> line.field("request_id", id));
        event.sourceIp().ifPresent(address -> line.field("source_ip", address));
        event.userAgent().ifPresent(agent -> line.field("user_agent", agent));
        event.actor().ifPresent(actor -> line.field("actor", actor));
        line.field("action", event.action()).field("result", event.result().word());
        event.duration().ifPresent(duration -> line.field("duration_ms", duration));
        new TreeMap<>(event.details()).forEach(line::field);
        seal();
    }

    private void refused(FinishedExchange finished, String type, String action, String reason) {
        head(finished, type, action, Result.DENIED);
        request(finished.exchange());
        line.field("status", finished.status());
        errorReason(reason);
        seal();
    }

    private void call(FinishedExchange finished) {
        head(finished, "ApiCall", "call_api", finished.result());
        request(finished.exchange());
        line.field("stream", finished.stream()).field("status", finished.status());
        finished.upstreamStatus().ifPresent(status -> line.field("upstream_status", status));
        attempts(finished);
        finished.timeToFirstByte().ifPresent(time -> line.field("ttfb_ms", time));
        line.field("bytes_in", finished.bytesIn()).field("bytes_out", finished.bytesOut());
        finished.tokens().ifPresent(this::tokens);
        finished.cost().ifPresent(this::cost);
        finished.errorReason()
                .or(() -> finished.rejection().map(Rejection::reason))
                .ifPresent(this::errorReason);
        seal();
    }

    /** In small letters whoever said it: the proxy's own refusals have capitals on the wire. */
    private void errorReason(String reason) {
        line.field("error_reason", reason.toLowerCase(Locale.ROOT));
    }

    private void head(FinishedExchange finished, String type, String action, Result result) {
        Exchange exchange = finished.exchange();
        begin(exchange.startedAt().plus(finished.duration()), type);
        line.field("request_id", exchange.id().value());
        exchange.clientRequestId().ifPresent(id -> line.field("client_request_id", id));
        line.field("source_ip", exchange.sourceIp());
        exchange.userAgent().ifPresent(agent -> line.field("user_agent", agent));
        finished.client().map(ClientId::value).ifPresent(client -> line.field("actor", client));
        line.field("action", action)
                .field("result", result.word())
                .field("duration_ms", finished.duration());
    }

    private void request(Exchange exchange) {
        known("method", exchange.method());
        known("path", withoutQuery(exchange.target().path()));
        exchange.target().model().ifPresent(model -> line.field("model", model.value()));
        line.field("operation", exchange.target().operation().label());
    }

    /** Of a request that could not be read, not even these are certain. */
    private void known(String name, String value) {
        if (!value.isEmpty()) {
            line.field(name, value);
        }
    }

    /** The path never holds a query; should it ever, a credential must not come along. */
    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private void attempts(FinishedExchange finished) {
        if (finished.attempts().isEmpty()) {
            return;
        }
        Attempt last = finished.attempts().getLast();
        line.field("key_id", last.key().value()).field("project", last.project().value());
        line.openArray("attempts");
        int told = Math.min(MAX_ATTEMPTS, finished.attempts().size());
        for (Attempt attempt : finished.attempts().subList(0, told)) {
            attempt(attempt);
        }
        line.closeArray();
    }

    private void attempt(Attempt attempt) {
        line.element()
                .field("key_id", attempt.key().value())
                .field("outcome", attempt.outcome().label())
                .field("ms", attempt.took())
                .close();
    }

    private void tokens(TokenUsage tokens) {
        line.openObject("tokens")
                .field("prompt", tokens.prompt())
                .field("cached", tokens.cached())
                .field("candidates", tokens.candidates())
                .field("thoughts", tokens.thoughts())
                .field("tool_use", tokens.toolUse())
                .field("total", tokens.total())
                .close();
        mark("usage_mismatch", !tokens.isConserved());
        mark("usage_lower_bound", tokens.detail().counting() == Counting.LOWER_BOUND);
        mark("usage_estimated", tokens.detail().counting() == Counting.ESTIMATED);
        tokens.detail().tier().ifPresent(tier -> line.field("service_tier", tier.word()));
    }

    /** Where nothing of it has a price there is no cost: it is not zero but unknown. */
    private void cost(Cost cost) {
        if (!cost.unpriced() || cost.picodollars() > 0) {
            line.field("cost_usd", cost.usd());
        }
        mark("unpriced", cost.unpriced());
        line.field("price_version", cost.priceVersion());
    }

    private void mark(String name, boolean holds) {
        if (holds) {
            line.field(name, true);
        }
    }
}
