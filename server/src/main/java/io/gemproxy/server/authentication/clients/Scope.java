package io.gemproxy.server.authentication.clients;

import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.gemini.OperationGroup;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a token is narrowed to by the {@code scope} of its request: words like {@code
 * operation:embed} and {@code model:gemini-2.5-*}, separated by spaces.
 *
 * @param models globs; empty means all that the client may call
 * @param operations empty means all that the client may ask for
 */
record Scope(List<String> models, Set<OperationGroup> operations) {
    static final Scope ALL = new Scope(List.of(), Set.of());

    private static final String MODEL = "model:";
    private static final String OPERATION = "operation:";
    private static final int MOST_MODELS = 100;

    /**
     * The scope in a text.
     *
     * @throws ScopeRefused if it cannot be read, or asks for more than the client may have
     */
    static Scope within(String text, Entitlement bound) {
        List<String> models = new ArrayList<>();
        Set<OperationGroup> operations = EnumSet.noneOf(OperationGroup.class);
        for (String word : text.strip().split(" ", -1)) {
            if (word.startsWith(MODEL)) {
                models.add(model(word.substring(MODEL.length()), bound));
            } else if (word.startsWith(OPERATION)) {
                operations.add(operation(word.substring(OPERATION.length()), bound));
            } else if (!word.isEmpty()) {
                throw new ScopeRefused(
                        "A scope is words like operation:embed and model:gemini-2.5-*.");
            }
        }
        if (models.size() > MOST_MODELS) {
            throw new ScopeRefused("The scope names too many models.");
        }
        return new Scope(List.copyOf(models), Set.copyOf(operations));
    }

    private static OperationGroup operation(String word, Entitlement bound) {
        return OperationGroup.of(word)
                .filter(bound::allows)
                .orElseThrow(() ->
                        new ScopeRefused(
                                "The scope names an operation that this client may not ask for."));
    }

    /** All that the glob matches must be matched by one that the client has. */
    private static String model(String glob, Entitlement bound) {
        boolean sane = glob.matches("[!-~]{1,128}");
        boolean inside =
                bound.models().isEmpty()
                        || bound.models().stream().anyMatch(wider -> covers(wider, glob));
        if (!sane || !inside) {
            throw new ScopeRefused("The scope names a model that this client may not call.");
        }
        return glob;
    }

    /** Whether one glob matches the other as a text, in which a star only stands for itself. */
    private static boolean covers(String wider, String glob) {
        StringBuilder pattern = new StringBuilder();
        for (String part : wider.split("\\*", -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*")
                    .append(java.util.regex.Pattern.quote(part));
        }
        return wider.startsWith("*")
                ? glob.matches(".*" + pattern)
                : glob.matches(pattern.toString());
    }
}
