package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.gemproxy.server.exchange.Secret;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A comparison that ends at the first difference tells how much of a guess was right. */
final class SecretComparisonTest {
    private static final Set<String> HASTY =
            Set.of("equals", "equalsIgnoreCase", "contentEquals", "compareTo", "regionMatches");

    /**
     * Of these each compares something else: the check digits of a key with its own text, the
     * public name of a key.
     */
    private static final Set<String> OTHERWISE =
            Set.of(
                    "io.gemproxy.server.authentication.clients.ClientKey.of",
                    "io.gemproxy.server.audit.chain.ChainHead.decode");

    @Test
    void whoOpensASecretComparesNothingInHaste() {
        List<JavaCodeUnit> secretive =
                new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages("io.gemproxy.server")
                                .stream()
                                .flatMap(each -> each.getCodeUnits().stream())
                                .filter(SecretComparisonTest::isSecretive)
                                .toList();
        assertTrue(secretive.size() >= 10, "too few were found: " + secretive);
        List<String> hasty =
                secretive.stream()
                        .flatMap(each -> each.getMethodCallsFromSelf().stream())
                        .filter(SecretComparisonTest::isHasty)
                        .filter(call -> !OTHERWISE.contains(name(call.getOrigin())))
                        .map(JavaMethodCall::getDescription)
                        .toList();
        assertEquals(List.of(), hasty);
    }

    private static String name(JavaCodeUnit unit) {
        return unit.getOwner().getName() + "." + unit.getName();
    }

    private static boolean isSecretive(JavaCodeUnit unit) {
        return unit.getMethodCallsFromSelf().stream()
                .anyMatch(call ->
                        calls(call, Secret.class, Set.of("open"))
                                || calls(call, MessageDigest.class, Set.of("isEqual")));
    }

    private static boolean isHasty(JavaMethodCall call) {
        return calls(call, String.class, HASTY)
                || calls(call, Arrays.class, HASTY)
                || calls(call, Object.class, HASTY);
    }

    private static boolean calls(JavaMethodCall call, Class<?> owner, Set<String> names) {
        return call.getTargetOwner().isEquivalentTo(owner) && names.contains(call.getName());
    }
}
