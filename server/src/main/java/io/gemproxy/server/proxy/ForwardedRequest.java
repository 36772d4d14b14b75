package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.TraceContext;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.keys.KeyLease;
import io.gemproxy.server.keys.LendingWish;
import io.gemproxy.server.keys.Preference;
import io.gemproxy.server.upstream.UpstreamRequest;
import io.gemproxy.server.upstream.UpstreamRequest.KeyPlacement;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The client's request as it will go to Google, whichever key serves it.
 *
 * @param operation what is asked for
 * @param method e.g. {@code POST}
 * @param pathAndQuery without any credential
 * @param headers end-to-end headers
 * @param body the body
 * @param placement where the key goes
 * @param firstByteTimeout what the client asks for with {@code X-Server-Timeout}, at most the
 *     configured one
 * @param wish which keys may serve
 * @param repeatable whether sending it twice does no harm
 * @param cache where it should go for the sake of a prompt cache
 */
record ForwardedRequest(
        Operation operation,
        String method,
        String pathAndQuery,
        List<HeaderField> headers,
        RequestBody body,
        KeyPlacement placement,
        Optional<Duration> firstByteTimeout,
        LendingWish wish,
        boolean repeatable,
        CacheRoute cache) {

    /** The same on that route. */
    ForwardedRequest on(CacheRoute route) {
        return new ForwardedRequest(
                operation,
                method,
                pathAndQuery,
                headers,
                body,
                placement,
                firstByteTimeout,
                wish,
                repeatable,
                route);
    }

    /** The same under another parent, in the place of the client's. */
    ForwardedRequest tracedBy(String parent) {
        List<HeaderField> fields = new ArrayList<>(headers.size() + 1);
        for (HeaderField field : headers) {
            if (!field.name().equalsIgnoreCase(TraceContext.PARENT)) {
                fields.add(field);
            }
        }
        fields.add(new HeaderField(TraceContext.PARENT, parent));
        return new ForwardedRequest(
                operation,
                method,
                pathAndQuery,
                List.copyOf(fields),
                body,
                placement,
                firstByteTimeout,
                wish,
                repeatable,
                cache);
    }

    /** The same, to be served by that project only. */
    ForwardedRequest in(ProjectId project) {
        return wishing(LendingWish.of(wish.model(), Optional.of(project)));
    }

    /** The same, to be served by that project as long as it has room. */
    ForwardedRequest preferring(ProjectId project) {
        return wishing(wish.preferring(List.of(new Preference(project, 0))));
    }

    private ForwardedRequest wishing(LendingWish other) {
        return new ForwardedRequest(
                operation,
                method,
                pathAndQuery,
                headers,
                body,
                placement,
                firstByteTimeout,
                other,
                repeatable,
                cache);
    }

    /** The same, asking for another page. */
    ForwardedRequest at(String otherPathAndQuery) {
        return new ForwardedRequest(
                operation,
                method,
                otherPathAndQuery,
                headers,
                body,
                placement,
                firstByteTimeout,
                wish,
                repeatable,
                cache);
    }

    /** A mere look at something else, by a path of the native API. */
    ForwardedRequest lookingAt(String otherPath) {
        return new ForwardedRequest(
                operation,
                "GET",
                otherPath,
                headers,
                SmallBody.none(),
                KeyPlacement.GOOG_API_KEY,
                firstByteTimeout,
                wish,
                true,
                CacheRoute.NONE);
    }

    UpstreamRequest with(KeyLease lease) {
        return new UpstreamRequest(
                method,
                pathAndQuery,
                headers,
                repeatable ? body.next() : once(body.next()),
                lease.secret(),
                placement,
                firstByteTimeout,
                repeatable);
    }

    /**
     * As a body that can be read once, which the upstream never sends again by itself, not even
     * when a connection used before broke under it: the first one may have made something.
     */
    private static UpstreamRequest.Body once(UpstreamRequest.Body body) {
        return body instanceof UpstreamRequest.Bytes bytes
                ? new UpstreamRequest.Stream(
                        new ByteArrayInputStream(bytes.content()), bytes.content().length)
                : body;
    }
}
