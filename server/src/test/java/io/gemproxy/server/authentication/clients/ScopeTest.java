package io.gemproxy.server.authentication.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.Limits;
import io.gemproxy.server.gemini.OperationGroup;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScopeTest {
    private static final Entitlement BOUND =
            new Entitlement(
                    List.of("gemini-2.5-*", "*-preview"),
                    Set.of(OperationGroup.GENERATE, OperationGroup.EMBED),
                    Limits.NONE);

    @Test
    void narrowsModelsAndOperations() {
        Scope scope =
                Scope.within(
                        "operation:embed model:gemini-2.5-flash* model:x-preview model:gemini-2.5-*",
                        BOUND);
        assertEquals(Set.of(OperationGroup.EMBED), scope.operations());
        assertEquals(List.of("gemini-2.5-flash*", "x-preview", "gemini-2.5-*"), scope.models());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operation:files",
                "operation:paint",
                "model:*",
                "model:gemini-2*",
                "model:gemini-3-pro",
                "model:gemini-2.5",
                "model:",
                "model:gemini-2.5-\u00e9",
                "read",
                "operation:embed\tmodel:x-preview"
            })
    void whatGoesBeyondTheClientOrIsNoScopeIsRefused(String scope) {
        assertThrows(ScopeRefused.class, () -> Scope.within(scope, BOUND));
    }

    @Test
    void aClientWithoutBoundsMayAskForAnything() {
        assertEquals(List.of("*"), Scope.within("model:*", Entitlement.ALL).models());
        assertEquals(Scope.ALL, Scope.within("  ", BOUND));
    }
}
