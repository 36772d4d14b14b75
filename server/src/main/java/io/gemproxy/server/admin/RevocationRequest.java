package io.gemproxy.server.admin;

import io.gemproxy.server.authentication.revocation.RevocationOrder;
import io.gemproxy.server.exchange.ClientId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The body of {@code POST /api/tokens/revoke}: what is to be taken back. */
final class RevocationRequest {
    static final Set<String> MEMBERS = Set.of("jti", "expires_at", "subject", "issued_before");

    private static final int LONGEST = 128;

    private RevocationRequest() {}

    /** No token has longer ones. */
    private static Optional<String> bounded(JsonBody body, String member) throws BadBody {
        Optional<String> text = body.text(member);
        if (text.filter(it -> it.length() > LONGEST).isPresent()) {
            throw new BadBody(member + " is longer than " + LONGEST + " characters.");
        }
        return text;
    }

    static RevocationOrder order(JsonBody body, Instant now) throws BadBody {
        Optional<String> jti = bounded(body, "jti");
        Optional<ClientId> subject = bounded(body, "subject").map(ClientId::new);
        Optional<Instant> before = body.moment("issued_before");
        if (before.filter(it -> it.isAfter(now.plusSeconds(1))).isPresent()) {
            throw new BadBody("issued_before lies ahead.");
        }
        if (jti.isPresent()) {
            if (subject.isPresent() || before.isPresent()) {
                throw new BadBody("jti stands alone, or with expires_at.");
            }
            return new RevocationOrder.OfToken(jti.get(), body.moment("expires_at"));
        }
        if (body.has("expires_at")) {
            throw new BadBody("expires_at stands with jti only.");
        }
        if (before.isPresent()) {
            Instant moment = before.get();
            return subject.<RevocationOrder>map(
                            client -> new RevocationOrder.OfClientBefore(client, moment))
                    .orElseGet(() -> new RevocationOrder.OfAllBefore(moment));
        }
        return subject.map(RevocationOrder.OfClient::new)
                .orElseThrow(() -> new BadBody("Give jti, subject or issued_before."));
    }
}
