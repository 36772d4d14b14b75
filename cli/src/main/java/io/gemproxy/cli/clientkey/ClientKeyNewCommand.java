package io.gemproxy.cli.clientkey;

import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.server.authentication.clients.ClientKey;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code client-key new}: a key, of which only the digest is to be kept. */
@Command(
        name = "new",
        description = "Makes a key for a declared client and prints it alone, once.",
        footer = {
            "",
            "The lines for the configuration, with the key's digest, go to standard error. Nothing is kept.",
            "Exit codes: 0 made, 2 usage.",
            "",
            "Example: gemproxy-cli client-key new --name ci > ci.key",
            "         gemproxy-cli client-key new --name ci --oauth > ci.secret"
        })
public final class ClientKeyNewCommand implements Callable<Integer> {
    private final Printer printer;
    private final SecureRandom random;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "The client's name in auth.clients.")
    private String name = "";

    @Option(
            names = "--oauth",
            description = "Makes a secret for POST /oauth/token (gps_…) in place of a key (gp_…).")
    private boolean oauth;

    public ClientKeyNewCommand(Printer printer, SecureRandom random) {
        this.printer = printer;
        this.random = random;
    }

    @Override
    public Integer call() {
        ClientKey.Kind kind = oauth ? ClientKey.Kind.OAUTH_SECRET : ClientKey.Kind.KEY;
        String list = oauth ? "oauth_secrets" : "keys";
        ClientKey made = ClientKey.make(kind, random);
        printer.print(() -> List.of(made.told()), () -> json(made, list));
        printer.say("Put its digest into the configuration, and restart the server:");
        printer.say("auth:");
        printer.say("  clients:");
        printer.say("    - name: " + quoted(name));
        printer.say("      " + list + ": [\"" + made.digest() + "\"]");
        printer.say("The key is not kept and cannot be shown again.");
        return ExitCode.OK.number();
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9._-]*") ? text : '"' + text.replace("\"", "") + '"';
    }

    private Map<String, Object> json(ClientKey made, String list) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("key", made.told());
        json.put("list", list);
        json.put("digest", made.digest());
        return json;
    }
}
