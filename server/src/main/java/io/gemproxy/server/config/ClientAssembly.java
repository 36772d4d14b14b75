package io.gemproxy.server.config;

import io.gemproxy.server.authentication.ClientConfig;
import io.gemproxy.server.exchange.Budget;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.Limits;
import io.gemproxy.server.gemini.OperationGroup;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the declared clients out of the entries of {@code auth.clients}. */
final class ClientAssembly {
    private final Reading read;
    private final Leaves leaves;

    ClientAssembly(Reading read, Leaves leaves) {
        this.read = read;
        this.leaves = leaves;
    }

    /** An entry without a name, which the review reports, is left out. */
    List<ClientConfig> clients() {
        return leaves.entryPaths(ClientSettings.CLIENTS).stream()
                .flatMap(entry -> client(entry + ".").stream())
                .toList();
    }

    private Optional<ClientConfig> client(String entry) {
        return read.text(entry + "name")
                .map(name ->
                        new ClientConfig(
                                new ClientId(name),
                                new Entitlement(
                                        read.texts(entry + "models"),
                                        operations(entry),
                                        limits(entry)),
                                read.texts(entry + "keys"),
                                read.texts(entry + "oauth_secrets")));
    }

    private Set<OperationGroup> operations(String entry) {
        return read.texts(entry + "operations").stream()
                .flatMap(word -> OperationGroup.of(word).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Limits limits(String entry) {
        return new Limits(
                read.optionalNumber(entry + "limits.requests_per_minute"),
                read.optionalWhole(entry + "limits.tokens_per_minute"),
                read.optionalWhole(entry + "limits.requests_per_day"),
                budget(entry + "budgets.day."),
                budget(entry + "budgets.month."));
    }

    private Budget budget(String period) {
        return new Budget(read.optionalWhole(period + "tokens"), read.dollars(period + "usd"));
    }
}
