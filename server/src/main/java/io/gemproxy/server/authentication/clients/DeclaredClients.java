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
    /** As long as a digest, and none. */
    private static final String NOBODYS = "sha256:" + "-".repeat(64);

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
        Index now = index;
        String digest = secret.digest();
        Optional<ClientConfig> client = now.find(id);
        List<String> secrets = client.map(ClientConfig::oauthSecrets).orElse(List.of());
        boolean holds = false;
        for (int i = 0; i < now.mostSecrets(); i++) {
            boolean exists = i < secrets.size();
            String known = exists ? secrets.get(i) : NOBODYS;
            holds |= MessageDigest.isEqual(bytes(known), bytes(digest)) && exists;
        }
        return holds ? client.map(DeclaredClients::client) : Optional.empty();
    }

    /** Whether some client may ask for tokens. */
    public boolean anyWithSecret() {
        return index.mostSecrets() > 0;
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

    /**
     * The clients of one configuration.
     *
     * @param mostSecrets of one client; so many are compared for each
     */
    private record Index(
            Map<ClientId, ClientConfig> byId, Map<String, Client> byKey, int mostSecrets) {
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
                    declared.stream().mapToInt(it -> it.oauthSecrets().size()).max().orElse(0));
        }

        Optional<ClientConfig> find(ClientId id) {
            return Optional.ofNullable(byId.get(id));
        }
    }
}
