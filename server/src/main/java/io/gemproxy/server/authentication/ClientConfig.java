package io.gemproxy.server.authentication;

import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
import java.util.List;

/**
 * A client declared in {@code auth.clients}.
 *
 * @param id its name: {@code sub} of its tokens, {@code client_id} of OAuth
 * @param entitlement what it may do at most, whatever a token says
 * @param keys digests of its static keys: {@code sha256:} and 64 hexadecimal digits
 * @param oauthSecrets digests of its secrets for the client-credentials grant, in the same form
 */
public record ClientConfig(
        ClientId id, Entitlement entitlement, List<String> keys, List<String> oauthSecrets) {}
