package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.BodyRefused;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Rejection;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** The way of a request: the lines of {@link #serve} are the order of the steps. */
public final class ProxyHandler implements ExchangeHandler {
    private static final System.Logger LOG = System.getLogger(ProxyHandler.class.getName());

    private final ProxySteps steps;
    private final FinishedExchange.Listener listener;
    private final LongSupplier nanoTime;
    private final LongAdder active = new LongAdder();
    private final LongAdder streams = new LongAdder();

    /**
     * @param listener is told of each exchange once, whatever happened to it
     */
    public ProxyHandler(
            ProxySteps steps, FinishedExchange.Listener listener, LongSupplier nanoTime) {
        this.steps = steps;
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    /** Requests being served now. */
    public long active() {
        return active.sum();
    }

    /** Streams being relayed now. */
    public long streams() {
        return streams.sum();
    }

    @Override
    public void handle(Exchange exchange, ServerRequest request, ServerResponse response) {
        active.increment();
        Progress progress = new Progress(exchange, nanoTime, streams);
        try {
            serve(progress, request, response);
        } catch (Refused refused) {
            refuse(refused.rejection(), progress, response, refused.limits());
        } catch (BodyRefused refused) {
            refuse(refused.rejection(), progress, response, List.of());
        } catch (CloseConnectionException closing) {
            progress.closing();
            throw closing;
        } catch (RuntimeException bug) {
            failed(bug, progress, response);
        } finally {
            active.decrement();
            listener.finished(progress.finish());
        }
    }

    @Override
    public void refuse(Exchange exchange, Rejection rejection, ServerResponse response) {
        Progress progress = new Progress(exchange, nanoTime, streams);
        try {
            refuse(rejection, progress, response, List.of());
        } finally {
            listener.finished(progress.finish());
        }
    }

    private void serve(Progress progress, ServerRequest request, ServerResponse response) {
        Exchange exchange = progress.exchange();
        steps.admission().admit(exchange);
        steps.limits().admit(exchange);
        QueryString query = QueryString.of(request.prologue().query().rawValue());
        Optional<Uploads.Running> upload =
                steps.uploads().running(exchange.target().operation(), query);
        Client client = caller(exchange, Credential.in(request.headers(), query), upload);
        progress.client(client);
        Doorkeeper.permit(client, exchange.target().operation());
        Doorkeeper.permitBatch(client, exchange);
        Uploads.requireKnown(exchange.target().operation(), upload);
        Spending spending = steps.limits().begin(client, exchange, upload.isPresent());
        try {
            serve(client, upload, spending, query, progress, request, response);
        } finally {
            spending.settle(progress);
        }
    }

    private Client caller(
            Exchange exchange, Credential credential, Optional<Uploads.Running> upload) {
        try {
            return steps.doorkeeper().admit(credential, upload);
        } catch (Refused refused) {
            steps.limits().refused(exchange, refused.rejection());
            throw refused;
        }
    }

    private void serve(
            Client client,
            Optional<Uploads.Running> upload,
            Spending spending,
            QueryString query,
            Progress progress,
            ServerRequest request,
            ServerResponse response) {
        Exchange exchange = progress.exchange();
        boolean named = Forwarding.modelIsInBody(exchange.target(), exchange.method());
        boolean judged = client.entitlement().limitsModels() && named;
        boolean estimated = spending.dependsOnBody(exchange);
        BodyReader.Need need =
                judged
                        ? BodyReader.Need.ALL
                        : named || estimated || Indexing.names(exchange)
                                ? BodyReader.Need.MODEL
                                : BodyReader.Need.NAMES;
        RequestedResources requested = steps.homes().requested(exchange.target(), query, client);
        Optional<InputLines> uploaded =
                steps.inputs().uploaded(exchange, request.headers(), upload, client);
        BodyInspection inspection =
                uploaded.isPresent()
                        ? uploaded.get()
                        : steps.homes().inspection(exchange.target(), requested);
        try (RequestBody body =
                progress.waitingFor(() ->
                        steps.bodies()
                                .open(request, exchange.target().operation(), need, inspection))) {
            progress.model(steps.forwarding().modelInBody(exchange, body));
            if (judged) {
                Doorkeeper.permitBody(client, progress.exchange().target().model(), body);
            }
            Doorkeeper.permit(client, progress.exchange().target().model());
            Incoming incoming =
                    new Incoming(progress.exchange(), client, upload, request.headers(), body);
            spending.reserve(incoming);
            requested.estimated(estimated && Estimates.readsFiles(exchange));
            ForwardedRequest forwarded =
                    steps.forwarding()
                            .prepare(progress.exchange(), request, query, upload, body)
                            .on(
                                    steps.caches()
                                            .route(
                                                    progress.exchange(),
                                                    client,
                                                    request.headers(),
                                                    body));
            Placement placement =
                    upload.isPresent()
                            ? new Placement.Anywhere()
                            : steps.homes().placement(progress.exchange(), client, requested);
            answer(
                    new Conversation(incoming, uploaded, spending, requested, placement, forwarded),
                    progress,
                    request,
                    response);
            progress.received(body.bytesRead());
        }
    }

    private void answer(
            Conversation conversation,
            Progress progress,
            ServerRequest request,
            ServerResponse response) {
        CurrentCall current = new CurrentCall();
        try (DepartureWatch.Expectation presence = steps.departures().expect(current::abort)) {
            AttemptResult result = attempt(conversation, progress, current);
            try {
                progress.received(conversation.forwarded().body().bytesRead());
                steps.answers().give(result, conversation, progress, presence, request, response);
            } finally {
                steps.attempts().finished(result, progress);
            }
        } catch (Refused refused) {
            conversation.spending().settle(progress);
            refuse(refused.rejection(), progress, response, conversation.limits());
        }
    }

    /** What only a later part of the body named is missed as what its beginning did. */
    private AttemptResult attempt(
            Conversation conversation, Progress progress, CurrentCall current) {
        ForwardedRequest forwarded = conversation.forwarded();
        AttemptResult result =
                steps.attempts().run(conversation.placement(), forwarded, progress, current);
        return result instanceof AttemptResult.Broken
                ? steps.homes()
                        .nowhere(conversation.client(), conversation.requested())
                        .map(nowhere -> steps.attempts().run(nowhere, forwarded, progress, current))
                        .orElse(result)
                : result;
    }

    private void refuse(
            Rejection rejection,
            Progress progress,
            ServerResponse response,
            List<HeaderField> limits) {
        progress.rejected(rejection);
        Refusals.send(rejection, progress, response, limits);
    }

    private void failed(RuntimeException bug, Progress progress, ServerResponse response) {
        LOG.log(Level.ERROR, "request " + progress.exchange().id() + " failed", bug);
        if (response.isSent()) {
            progress.failed("PROXY_BUG");
            throw new CloseConnectionException("failed after the first byte", bug);
        }
        refuse(new Rejection.Internal(), progress, response, List.of());
    }
}
