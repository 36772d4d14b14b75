package io.gemproxy.server.admin;

import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Result;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Writes one {@code AdminAction} to the audit log for each thing that is done, or tried, here. */
final class AdminActions {
    private static final int LONGEST_TARGET = 100;
    private static final List<String> TARGETS = List.of("id", "name", "version");

    private final Consumer<AuditEvent> audit;
    private final InstantSource clock;

    AdminActions(Consumer<AuditEvent> audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** The action somebody asks for; one of its methods is called once. */
    Action begin(String word, ServerRequest request, RequestId id) {
        return new Action(word, request, id);
    }

    /** Something that an admin does. */
    final class Action {
        private final String word;
        private final ServerRequest request;
        private final RequestId id;
        private final Instant begun = clock.instant();

        private Action(String word, ServerRequest request, RequestId id) {
            this.word = word;
            this.request = request;
            this.id = id;
        }

        /** It was not allowed; what it was aimed at is not worth a record's space. */
        void denied(Optional<ClientId> caller) {
            record(caller, Result.DENIED, Map.of());
        }

        /** Does it, and records how it ended, also where it fails with an exception. */
        Reply watch(Optional<ClientId> admin, Supplier<Reply> doing) {
            Result result = Result.FAILURE;
            Map<String, String> details = new TreeMap<>();
            for (String parameter : TARGETS) {
                request.path()
                        .pathParameters()
                        .first(parameter)
                        .ifPresent(target -> details.put("target", bounded(target)));
            }
            try {
                Reply reply = doing.get();
                details.put("status", Integer.toString(reply.status()));
                details.putAll(reply.notes());
                result = reply.status() < 400 ? Result.SUCCESS : Result.FAILURE;
                return reply;
            } finally {
                record(admin, result, details);
            }
        }

        private void record(Optional<ClientId> actor, Result result, Map<String, String> details) {
            Instant now = clock.instant();
            audit.accept(
                    new AuditEvent(
                            AuditEvent.Type.ADMIN_ACTION,
                            now,
                            word,
                            result,
                            actor.map(ClientId::value),
                            Optional.of(id),
                            Optional.of(request.remotePeer().host()),
                            details,
                            request.headers().first(HeaderNames.USER_AGENT).map(Action::bounded),
                            Optional.of(Duration.between(begun, now))));
        }

        private static String bounded(String target) {
            return target.length() <= LONGEST_TARGET ? target : target.substring(0, LONGEST_TARGET);
        }
    }
}
