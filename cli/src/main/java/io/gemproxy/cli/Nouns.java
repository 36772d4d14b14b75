package io.gemproxy.cli;

import io.gemproxy.cli.audit.AuditCommand;
import io.gemproxy.cli.budgets.BudgetsCommand;
import io.gemproxy.cli.cert.CertCommand;
import io.gemproxy.cli.clientkey.ClientKeyCommand;
import io.gemproxy.cli.completion.CompletionCommand;
import io.gemproxy.cli.config.ConfigCommand;
import io.gemproxy.cli.config.InitCommand;
import io.gemproxy.cli.config.ValidateCommand;
import io.gemproxy.cli.doctor.DoctorCommand;
import io.gemproxy.cli.explain.ExplainCommand;
import io.gemproxy.cli.keys.KeysCommand;
import io.gemproxy.cli.man.ManPagesCommand;
import io.gemproxy.cli.server.DrainCommand;
import io.gemproxy.cli.server.ErrorsCommand;
import io.gemproxy.cli.server.MetricsCommand;
import io.gemproxy.cli.server.PerformanceCommand;
import io.gemproxy.cli.server.StatusCommand;
import io.gemproxy.cli.sessions.SessionsCommand;
import io.gemproxy.cli.token.TokenCommand;
import io.gemproxy.cli.usage.UsageCommand;
import io.gemproxy.cli.weights.WeightsCommand;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The commands that stand right behind the program's name, in the order of the help. To read the
 * annotations of them all takes longer than most of them run, so only the one that is meant is
 * made.
 */
final class Nouns {
    private static final Map<String, Class<?>> ALL = all();
    private static final Set<String> VERSION = Set.of("-V", "--version");

    private Nouns() {}

    /** The one these arguments begin with, all where they begin with none, none for the version. */
    static Collection<Class<?>> meantBy(String... arguments) {
        if (arguments.length == 1 && VERSION.contains(arguments[0])) {
            return List.of();
        }
        for (String argument : arguments) {
            Class<?> noun = ALL.get(argument);
            if (noun != null) {
                return needsAll(noun) ? ALL.values() : List.of(noun);
            }
        }
        return ALL.values();
    }

    /** These two write about the others. */
    private static boolean needsAll(Class<?> noun) {
        return noun == CompletionCommand.class || noun == ManPagesCommand.class;
    }

    private static Map<String, Class<?>> all() {
        Map<String, Class<?>> all = new LinkedHashMap<>();
        all.put("init", InitCommand.class);
        all.put("validate", ValidateCommand.class);
        all.put("config", ConfigCommand.class);
        all.put("token", TokenCommand.class);
        all.put("client-key", ClientKeyCommand.class);
        all.put("cert", CertCommand.class);
        all.put("status", StatusCommand.class);
        all.put("metrics", MetricsCommand.class);
        all.put("performance", PerformanceCommand.class);
        all.put("errors", ErrorsCommand.class);
        all.put("drain", DrainCommand.class);
        all.put("keys", KeysCommand.class);
        all.put("weights", WeightsCommand.class);
        all.put("budgets", BudgetsCommand.class);
        all.put("usage", UsageCommand.class);
        all.put("explain", ExplainCommand.class);
        all.put("sessions", SessionsCommand.class);
        all.put("audit", AuditCommand.class);
        all.put("doctor", DoctorCommand.class);
        all.put("completion", CompletionCommand.class);
        all.put("man-pages", ManPagesCommand.class);
        return all;
    }
}
