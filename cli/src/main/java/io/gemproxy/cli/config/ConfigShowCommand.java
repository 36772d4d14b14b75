package io.gemproxy.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.installation.LocalConfig;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.TextTable;
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.EffectiveConfig;
import io.gemproxy.server.config.EffectiveValue;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.Place;
import io.gemproxy.server.config.Purpose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code config show}: what file, environment and defaults come to. */
@Command(
        name = "show",
        description = "Shows the value of every setting after all layers, with secrets masked.",
        footer = {
            "",
            "Reads the configuration as a server started here would; asks no running server, but with"
                    + " --on-server, --running or --server.",
            "A setting without a value is left out. What keeps a server from a secret is told, and stops"
                    + " nothing here.",
            "Exit codes: 0 shown, 1 the configuration cannot be used, 2 usage, 3 server not reachable,"
                    + " 4 not authorised, 5 it cannot be read.",
            "",
            "Example: gemproxy-cli config show --origin --set server.port=8444",
            "         gemproxy-cli config show --running"
        })
public final class ConfigShowCommand implements Callable<Integer> {
    private final ConfigVerbs verbs;
    private final Installation installation;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    @Option(
            names = "--on-server",
            description =
                    "Asks the running server what its own files say now, without its environment and"
                            + " defaults; so does --server. config diff tells what of that does not run yet.")
    private boolean onServer;

    @Option(
            names = "--running",
            description =
                    "Asks the running server what of its files it runs with: what was put into"
                            + " effect last, and where that needs a restart, what was before.")
    private boolean running;

    @Option(
            names = "--set",
            paramLabel = "path.to.key=VALUE",
            description = "Lies over file and environment, as it does for the server. Repeat it.")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--origin",
            description =
                    "Says where each value comes from: file and line, variable, --set, default.")
    private boolean origin;

    public ConfigShowCommand(ConfigVerbs verbs, Installation installation, Printer printer) {
        this.verbs = verbs;
        this.installation = installation;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        if (onServer || running || admin.namesServer()) {
            showOnServer();
        } else {
            EffectiveConfig effective = installation.effective(admin.config().source(), sets);
            printer.print(() -> text(effective.values()), () -> json(effective));
            warn(LocalConfig.errors(effective.result(), Purpose.OPERATE));
        }
        return ExitCode.OK.number();
    }

    /** Of secrets, which are not shown. */
    private void warn(List<Finding> errors) {
        if (!errors.isEmpty()) {
            printer.say("warning: no server would start here with these secrets");
            ConfigText.lines(errors).forEach(printer::say);
        }
    }

    private void showOnServer() throws IOException {
        if (origin || !sets.isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.USAGE, "--origin and --set are for the configuration that is here");
        }
        if (onServer && running) {
            throw new CommandFailedException(
                    ExitCode.USAGE,
                    "--on-server and --running are two things; config diff compares");
        }
        ConfigVerbs.Stored stored = running ? verbs.running(admin) : verbs.stored(admin);
        Map<String, JsonNode> values = new ServerSettings(stored.values()).values();
        printer.print(() -> text(values), () -> json(stored.server(), values));
    }

    private static List<String> text(Map<String, JsonNode> values) {
        TextTable table = TextTable.headed("KEY", "VALUE");
        values.forEach((path, value) -> table.row(path, ServerSettings.shown(value)));
        return table.lines();
    }

    private static Map<String, Object> json(String server, Map<String, JsonNode> values) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", server);
        json.put(
                "values",
                values.entrySet().stream().map(it -> setting(it.getKey(), it.getValue())).toList());
        return json;
    }

    private static Map<String, Object> setting(String path, Object value) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", path);
        json.put("value", value);
        return json;
    }

    private List<String> text(List<EffectiveValue> values) {
        TextTable table =
                origin
                        ? TextTable.headed("KEY", "VALUE", "ORIGIN")
                        : TextTable.headed("KEY", "VALUE");
        for (EffectiveValue it : values) {
            if (origin) {
                table.row(it.path(), shown(it.value()), it.place().toString());
            } else {
                table.row(it.path(), shown(it.value()));
            }
        }
        return table.lines();
    }

    private static String shown(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : value.toString();
    }

    private Map<String, Object> json(EffectiveConfig effective) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", effective.result().source());
        json.put("values", effective.values().stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(EffectiveValue it) {
        Map<String, Object> json = setting(it.path(), it.value());
        if (origin) {
            json.put("layer", it.layer().word());
            json.put("origin", json(it.place()));
        }
        return json;
    }

    private static Map<String, Object> json(Place place) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", place.source());
        if (place.line() > 0) {
            json.put("line", place.line());
            json.put("column", place.column());
        }
        return json;
    }
}
