package io.gemproxy.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A part of the server that a sample of its CPU time can belong to. */
enum Room {
    /** Who is calling. */
    AUTHENTICATION("authentication", Set.of("proxy.Doorkeeper", "proxy.Credential")),

    /** Limits of a minute and budgets: taken, reserved, settled. */
    LIMITS(
            "ratelimit",
            Set.of(
                    "proxy.AddressLimits",
                    "proxy.Charge",
                    "proxy.ClientLimits",
                    "proxy.Estimates",
                    "proxy.FileBatches",
                    "proxy.Indexing",
                    "proxy.LimitRefusals",
                    "proxy.NamedFiles",
                    "proxy.Spending",
                    "BudgetLine")),

    /** Tokens counted, priced and added up. */
    USAGE("usage", Set.of("proxy.Accounting", "proxy.AnswerAccount", "LedgerLine")),

    /** Records of requests, chained and written. */
    AUDIT("audit", Set.of()),

    /** Everything else. */
    REST("", Set.of("gemini.ThoughtSignatures"));

    private static final String SERVER = "io.gemproxy.server.";

    private static final Set<String> NOUNS = Set.of("gemini", "exchange");

    private final String prefix;
    private final Set<String> classes;

    Room(String prefix, Set<String> classes) {
        this.prefix = prefix;
        this.classes = classes;
    }

    /** Classes of other packages that work for this one alone, as named below the server's. */
    Set<String> classes() {
        return classes;
    }

    /**
     * Whom a sample belongs to: the innermost of our own classes that has a room. Those of the
     * nouns and of the root work for whoever called them.
     *
     * @param stack names of classes, the innermost first
     */
    static Room of(List<String> stack) {
        for (String name : stack) {
            Optional<Room> room =
                    name.startsWith(SERVER)
                            ? ofOwn(outermost(name.substring(SERVER.length())))
                            : Optional.empty();
            if (room.isPresent()) {
                return room.get();
            }
        }
        return REST;
    }

    private static Optional<Room> ofOwn(String name) {
        for (Room room : values()) {
            if (room.classes.contains(name)) {
                return Optional.of(room);
            }
        }
        int dot = name.indexOf('.');
        String first = dot < 0 ? "" : name.substring(0, dot);
        if (first.isEmpty() || NOUNS.contains(first)) {
            return Optional.empty();
        }
        for (Room room : values()) {
            if (room.prefix.equals(first)) {
                return Optional.of(room);
            }
        }
        return Optional.of(REST);
    }

    /** The class around nested and hidden ones. */
    private static String outermost(String name) {
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
