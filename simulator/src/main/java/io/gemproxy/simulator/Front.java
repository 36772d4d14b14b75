package io.gemproxy.simulator;

import io.gemproxy.simulator.api.ApiException;
import io.gemproxy.simulator.api.Call;
import io.gemproxy.simulator.api.CredentialErrors;
import io.gemproxy.simulator.api.ErrorShapes;
import io.gemproxy.simulator.api.Gemini;
import io.gemproxy.simulator.api.QuotaErrors;
import io.gemproxy.simulator.api.ScriptedErrors;
import io.gemproxy.simulator.api.Shape;
import io.gemproxy.simulator.faults.Plan;
import io.gemproxy.simulator.faults.Refusal;
import io.gemproxy.simulator.faults.WirePlan;
import io.gemproxy.simulator.http.Answer;
import io.gemproxy.simulator.http.Exchange;
import io.gemproxy.simulator.http.Headers;
import io.gemproxy.simulator.http.RequestHead;
import io.gemproxy.simulator.http.Service;
import io.gemproxy.simulator.quota.ApiKey;
import io.gemproxy.simulator.quota.Keyring;
import io.gemproxy.simulator.quota.Quotas;
import io.gemproxy.simulator.record.Recorder;
import io.gemproxy.simulator.record.Seen;
import io.gemproxy.simulator.script.Script;
import io.gemproxy.simulator.script.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The way of a request: recorded, its key judged, the script asked, answered. */
final class Front implements Service {
    private final Recorder recorder;
    private final Keyring keyring;
    private final Quotas quotas;
    private final Script script;
    private final Gemini gemini;
    private final Control control;
    private final InstantSource clock;
    private volatile Dated dated = new Dated(Instant.MIN, "");

    /** A second and how a Date header writes it. */
    private record Dated(Instant at, String text) {}

    Front(
            Recorder recorder,
            Keyring keyring,
            Quotas quotas,
            Script script,
            Gemini gemini,
            Control control,
            InstantSource clock) {
        this.recorder = recorder;
        this.keyring = keyring;
        this.quotas = quotas;
        this.script = script;
        this.gemini = gemini;
        this.control = control;
        this.clock = clock;
    }

    @Override
    public Planned serve(Exchange exchange) throws IOException {
        if (exchange.head().target().path().startsWith(Control.PREFIX)) {
            return new Planned(
                    control.answer(exchange), new WirePlan(), (status, bytes, complete) -> {});
        }
        Seen seen = recorder.take(exchange);
        RequestHead head = exchange.head();
        String path = head.target().path();
        Shape shape = Gemini.shape(head);
        Keyring.Verdict ephemeral = gemini.ephemeral(head);
        Keyring.Verdict verdict =
                ephemeral != null
                        ? ephemeral
                        : keyring.judge(head, shape == Shape.ARRAY && path.contains("/openai/"));
        ApiKey key = verdict instanceof Keyring.Known known ? known.key() : null;
        if (key != null) {
            seen.owner(key.id(), key.project());
        }
        String model = Gemini.model(exchange);
        Plan plan =
                script.plan(
                        new Subject(
                                seen.number(),
                                head.method(),
                                path,
                                key == null ? null : key.id(),
                                key == null ? null : key.project(),
                                model));
        plan = plan == null ? new Plan() : plan;
        Answer answer;
        byte[] raw = plan.rawBytes();
        if (raw != null) {
            answer = new Answer(0, new Headers(), new Answer.Raw(raw));
        } else {
            answer = dressed(answer(exchange, verdict, key, model, plan, shape), head, plan);
        }
        return new Planned(answer, plan.wire(), seen::ended);
    }

    private Answer answer(
            Exchange exchange,
            Keyring.Verdict verdict,
            @Nullable ApiKey key,
            @Nullable String model,
            Plan plan,
            Shape shape)
            throws IOException {
        try {
            Refusal refusal = plan.refusal();
            if (refusal != null && "html".equals(refusal.reason())) {
                return ErrorShapes.sorryPage(refusal.status());
            }
            if (refusal != null) {
                throw ScriptedErrors.of(refusal, key, model);
            }
            if (gemini.isUploadChunk(exchange.head())) {
                return gemini.chunk(exchange);
            }
            return gemini.answer(call(exchange, accepted(verdict), model, plan));
        } catch (ApiException refused) {
            return Gemini.refusal(refused, shape);
        }
    }

    private Call call(Exchange exchange, ApiKey key, @Nullable String model, Plan plan)
            throws ApiException {
        if (model != null && exchange.head().method().equals("POST")) {
            List<Quotas.Exceeded> over = quotas.take(key.project(), model, 1);
            if (!over.isEmpty()) {
                throw QuotaErrors.exceeded(over, model);
            }
        }
        String path = Gemini.behindVersion(exchange.head().target().path());
        int colon = path.indexOf(':');
        String resource = colon < 0 ? path : path.substring(0, colon);
        return new Call(exchange, key, plan, resource, colon < 0 ? "" : path.substring(colon + 1));
    }

    private static ApiKey accepted(Keyring.Verdict verdict) throws ApiException {
        return switch (verdict) {
            case Keyring.Known known -> known.key();
            case Keyring.Unknown _ -> throw CredentialErrors.invalidKey();
            case Keyring.Missing _ -> throw CredentialErrors.noCredential();
            case Keyring.Several _ -> throw CredentialErrors.severalCredentials();
            case Keyring.WrongKind _ -> throw CredentialErrors.tokenNotSupported();
        };
    }

    /** The time of day in whole seconds, written once a second. */
    private String date() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Dated last = dated;
        if (!last.at().equals(now)) {
            String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
            last = new Dated(now, text);
            dated = last;
        }
        return last.text();
    }

    private Answer dressed(Answer answer, RequestHead head, Plan plan) throws IOException {
        Headers headers = answer.headers();
        headers.add("Vary", "Origin").add("Vary", "X-Origin").add("Vary", "Referer");
        headers.add("Date", date());
        headers.add("Server", "scaffolding on HTTPServer2").add("X-XSS-Protection", "0");
        headers.add("X-Frame-Options", "SAMEORIGIN").add("X-Content-Type-Options", "nosniff");
        headers.add("Server-Timing", "gfet4t7; dur=1");
        boolean offered = head.headers().first("Accept-Encoding", "").contains("gzip");
        if (!offered
                || plan.uncompressed()
                || !(answer.body() instanceof Answer.Whole whole)
                || whole.bytes().length == 0
                || !headers.first("Content-Type", "").startsWith("application/json")) {
            return answer;
        }
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(whole.bytes());
        }
        headers.add("Content-Encoding", "gzip");
        return new Answer(answer.status(), headers, new Answer.Chunked(zipped.toByteArray()));
    }
}
