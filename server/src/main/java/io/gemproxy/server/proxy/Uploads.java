package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.keys.KeyLease;
import io.gemproxy.server.keys.affinity.UploadSession;
import io.gemproxy.server.keys.affinity.UploadSessions;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Resumable uploads: Google's upload address becomes one of ours, and back.
 *
 * <p>Several SDKs send the chunks without any credential to exactly the address they were given, so
 * that address holds an id nobody can guess, bound to the key that started the upload.
 */
final class Uploads {
    private static final String URL_HEADER = "x-goog-upload-url";
    private static final String STATUS_HEADER = "x-goog-upload-status";

    private final UploadSessions sessions;
    private final URI upstreamBase;

    Uploads(UploadSessions sessions, URI upstreamBase) {
        this.sessions = sessions;
        this.upstreamBase = upstreamBase;
    }

    /** The running upload a request belongs to. */
    Optional<Running> running(Operation operation, QueryString query) {
        if (operation != Operation.UPLOAD_START && operation != Operation.UPLOAD_CHUNK) {
            return Optional.empty();
        }
        return query.parameter("upload_id")
                .flatMap(id ->
                        sessions.opened(id)
                                .map(it ->
                                        new Running(
                                                id, it.session(), it.at(), sessions.isOver(id))));
    }

    /**
     * A chunk must belong to an upload this proxy knows: no other key could continue it, and
     * Google's own id is no way past the proxy.
     *
     * @throws Refused with 404 if it does not, which tells SDKs to start again
     */
    static void requireKnown(Operation operation, Optional<Running> upload) {
        if (operation == Operation.UPLOAD_CHUNK && upload.isEmpty()) {
            throw new Refused(unknown());
        }
    }

    /** Somebody else's upload is told in the same words. */
    static Rejection unknown() {
        return new Rejection.NotFound(
                "UPLOAD_UNKNOWN",
                "This upload is not known: it is finished or cancelled, or was started before the"
                        + " proxy restarted. Start it again.");
    }

    /**
     * A header of an upload answer as the client may see it: the address rewritten to our origin.
     *
     * @param by the request that began it
     * @param asked when the client asked for it
     * @param origin ours as the client reached it, e.g. {@code https://proxy.example.com}
     * @return empty if the address is not one of Google's, which must never be followed or shown
     */
    Optional<HeaderField> rewritten(
            HeaderField field, KeyLease lease, Incoming by, Instant asked, String origin) {
        if (!isAddress(field)) {
            return Optional.of(field);
        }
        return upstreamTarget(field.value())
                .map(target -> {
                    String id =
                            sessions.open(
                                    new UploadSession(
                                            by.client(),
                                            lease.key(),
                                            lease.project(),
                                            target,
                                            UploadCommand.of(by.head()).type()),
                                    asked);
                    String path =
                            target.substring(
                                    0,
                                    target.indexOf('?') < 0
                                            ? target.length()
                                            : target.indexOf('?'));
                    return new HeaderField(
                            field.name(),
                            origin + path + "?upload_id=" + id + "&upload_protocol=resumable");
                });
    }

    /** Whether the field holds the address of an upload. */
    static boolean isAddress(HeaderField field) {
        return field.name().equalsIgnoreCase(URL_HEADER);
    }

    /** Whether the answer says that all of an upload was taken. */
    static boolean isFinal(List<HeaderField> answer) {
        return answer.stream()
                .anyMatch(field ->
                        field.name().equalsIgnoreCase(STATUS_HEADER)
                                && field.value().equalsIgnoreCase("final"));
    }

    /** Lets go of an upload once Google calls it final or cancelled. */
    void noteStatus(Running running, HeaderField field) {
        if (field.name().equalsIgnoreCase(STATUS_HEADER)
                && !field.value().equalsIgnoreCase("active")) {
            sessions.finish(running.id());
        }
    }

    /** Path and query of an upload address, if it points to where uploads are served. */
    private Optional<String> upstreamTarget(String address) {
        try {
            URI uri = URI.create(address.strip());
            boolean ours = Origins.sameHost(upstreamBase, uri);
            String path = uri.getRawPath();
            if (!ours || path == null || !path.startsWith("/upload/")) {
                return Optional.empty();
            }
            return Optional.of(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /**
     * An upload in progress.
     *
     * @param id ours
     * @param session what it is bound to
     * @param startedAt when its client asked for it
     * @param over whether all of it came before; its last piece may be sent again
     */
    record Running(String id, UploadSession session, Instant startedAt, boolean over) {}
}
