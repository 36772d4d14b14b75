package io.gemproxy.server;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.Limits;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.keys.affinity.UploadChange;
import io.gemproxy.server.keys.affinity.UploadSession;
import io.gemproxy.server.keys.affinity.UploadSessions;
import io.gemproxy.server.state.Changes;
import io.gemproxy.server.state.JournalPart;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One change among the running uploads, as their journal has it.
 *
 * @param digest of the upload's id
 * @param upload what it is bound to, null if it is over
 */
record UploadLine(String digest, @Nullable Running upload) {
    private static final int VERSION = 1;

    /**
     * An upload's client, key and place.
     *
     * @param rpm the client's own limit of requests per minute, null if it has none
     * @param address Google's upload address without scheme and host: a credential
     * @param type the media type, null if it was not announced, as by earlier versions
     */
    record Running(
            String client,
            Role role,
            @Nullable String jti,
            List<String> models,
            @Nullable Integer rpm,
            String keyId,
            String project,
            String address,
            Instant at,
            @Nullable String type) {
        static Running of(UploadSession session, Instant at) {
            Client client = session.client();
            OptionalInt rpm = client.limits().requestsPerMinute();
            return new Running(
                    client.id().value(),
                    client.role(),
                    client.tokenId().orElse(null),
                    client.models(),
                    rpm.isPresent() ? rpm.getAsInt() : null,
                    session.key().value(),
                    session.project().value(),
                    session.upstreamPathAndQuery(),
                    at,
                    session.type().isEmpty() ? null : session.type());
        }

        UploadSession session() {
            Client owner =
                    new Client(
                            new ClientId(client),
                            role,
                            Optional.ofNullable(jti),
                            new Entitlement(
                                    models,
                                    Set.of(),
                                    Limits.ofRequestsPerMinute(
                                            rpm == null
                                                    ? OptionalInt.empty()
                                                    : OptionalInt.of(rpm))));
            return new UploadSession(
                    owner,
                    new KeyId(keyId),
                    new ProjectId(project),
                    address,
                    type == null ? "" : type);
        }

        @Override
        public String toString() {
            return "Running[" + client + ", " + keyId + "]";
        }
    }

    /** The running uploads' part in what survives a restart. */
    static JournalPart<UploadLine> journal(UploadSessions uploads, Changes<UploadLine> changes) {
        return new JournalPart<>(
                "uploads",
                VERSION,
                UploadLine.class,
                changes,
                () -> uploads.snapshot().stream().map(UploadLine::of),
                lines -> uploads.restore(folded(lines)));
    }

    static UploadLine of(UploadChange change) {
        return switch (change) {
            case UploadChange.Opened(String digest, UploadSession session, Instant at) ->
                    new UploadLine(digest, Running.of(session, at));
            case UploadChange.Finished(String digest) -> new UploadLine(digest, null);
        };
    }

    private static List<UploadChange.Opened> folded(Stream<UploadLine> lines) {
        Map<String, UploadChange.Opened> left = new LinkedHashMap<>();
        lines.forEach(line -> line.apply(left));
        return List.copyOf(left.values());
    }

    private void apply(Map<String, UploadChange.Opened> left) {
        left.remove(digest);
        if (upload != null) {
            left.put(digest, new UploadChange.Opened(digest, upload.session(), upload.at()));
        }
    }
}
