package io.gemproxy.server.authentication.clients;

import io.gemproxy.server.authentication.ClientConfig;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The clients of the configuration, by their names and by the digests of their keys. */
public final class DeclaredClients {
    private volatile Index index;

    public DeclaredClients(List<ClientConfig> declared) {
        index = Index.of(declared);
    }

    /** Other clients are declared from now on. */
    public void reconfigure(List<ClientConfig> declared) {
        index = Index.of(declared);
    }

    /** Those that are declared now. */
    public Collection<ClientConfig> all() {
        return index.byId().values();
    }

    /** What a client may do at most; empty for one that is not declared. */
    Optional<Entitlement> entitlement(ClientId id) {
        return index.find(id).map(ClientConfig::entitlement);
    }

    /** Whose key it is. */
    Optional<Client> byKey(ClientKey key) {
        return Optional.ofNullable(index.byKey().get(key.digest()));
    }

    /** Whose secret it is, if the named client has it; takes as long for one that is not there. */
    Optional<Client> bySecret(ClientId id, ClientKey secret) {
        String digest = secret.digest();
        Optional<ClientConfig> client = index.find(id);
        boolean holds = false;
        for (String known : client.map(ClientConfig::oauthSecrets).orElse(List.of())) {
            holds |= MessageDigest.isEqual(bytes(known), bytes(digest));
        }
        return holds ? client.map(DeclaredClients::client) : Optional.empty();
    }

    /** Whether some client may ask for tokens. */
    public boolean anyWithSecret() {
        return index.anyWithSecret();
    }

    /** The digests of all keys and secrets that a client has now. */
    public List<String> credentials(ClientId id) {
        return index.find(id).stream()
                .flatMap(client ->
                        Stream.concat(client.keys().stream(), client.oauthSecrets().stream()))
                .toList();
    }

    private static Client client(ClientConfig declared) {
        return new Client(declared.id(), Role.CLIENT, Optional.empty(), declared.entitlement());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The clients of one configuration. */
    private record Index(
            Map<ClientId, ClientConfig> byId, Map<String, Client> byKey, boolean anyWithSecret) {
        static Index of(List<ClientConfig> declared) {
            Map<ClientId, ClientConfig> byId = new HashMap<>();
            Map<String, Client> byKey = new HashMap<>();
            for (ClientConfig client : declared) {
                byId.put(client.id(), client);
                client.keys().forEach(digest -> byKey.put(digest, client(client)));
            }
            return new Index(
                    byId,
                    byKey,
                    declared.stream().anyMatch(client -> !client.oauthSecrets().isEmpty()));
        }

        Optional<ClientConfig> find(ClientId id) {
            return Optional.ofNullable(byId.get(id));
        }
    }
}
