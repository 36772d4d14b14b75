package io.gemproxy.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Each command in each of the situations that its exit codes tell apart. Commands that ask the
 * server and do nothing else meet the same ones.
 */
final class Situations {
    /** A request id that no server knows. */
    private static final String REQUEST = "01JD8A5Z7Q3M4X9T2V6B8N0PKR";

    /** Command, its arguments, and an answer of the server that is a yes. */
    private static final String ASKING =
            """
            config reload     |                     | reload.json
            config diff       |                     | {"valid":true,"changes":[],"findings":[]}
            config history    |                     | {"versions":[]}
            config rollback   | 9f86d081884c7d65    | {"version":"9f86d081884c7d65"}
            token revoke      | --subject ci        | admin-revocation.json
            token revoked     |                     | admin-revocations.json
            token keys list   |                     | admin-signing-keys.json
            token keys rotate |                     | admin-signing-keys.json
            token keys retire | configured          | admin-signing-keys.json
            status            |                     | admin-status.json
            metrics           |                     | admin-metrics.txt
            performance       |                     | admin-performance.json
            errors            |                     | admin-errors.json
            drain             |                     | {"draining":true,"grace_seconds":30}
            keys list         |                     | admin-keys.json
            keys show         | spare               | admin-key.json
            keys test         | spare               | admin-key-test.json
            keys enable       | spare               | admin-key.json
            keys disable      | spare               | admin-key.json
            weights list      |                     | {"presets":[]}
            weights show      |                     | {"preset":null,"keys":[]}
            weights save      | night               | {"name":"night","saved_at":"2026-11-21T10:00:00Z"}
            weights apply     | night               | {"preset":null,"keys":[]}
            weights rollback  |                     | {"preset":null,"keys":[]}
            budgets list      |                     | {"clients":[]}
            budgets reset     | --all               | {"clients":[]}
            usage             |                     | admin-usage.json
            explain           | REQUEST             | admin-request.json
            sessions list     |                     | admin-sessions.json
            sessions end      | --all               | {"ended":1}
            """
                    .replace("REQUEST", REQUEST);

    /** Command, exit code, arguments; a file behind {@code <} is piped in. */
    private static final String OTHERS =
            """
            init             | 0 | --dir new
            init             | 5 | --dir config
            validate         | 0 | config/proxy.yaml
            validate         | 1 | config/broken.yaml
            validate         | 5 | config/nowhere.yaml
            config show      | 0 |
            config show      | 1 | --set server.prot=1
            config show      | 2 | --on-server --origin
            config show      | 3 | --server {nobody}
            config show      | 4 | --server {refusing}
            config show      | 5 | --config nowhere.yaml
            config diff      | 5 | nowhere.yaml
            config history   | 2 | --against running
            config import    | 0 | gemini-balance .env --out new/proxy.yaml
            config import    | 1 | litellm .env --out new/proxy.yaml
            config import    | 5 | litellm nowhere.yaml
            token issue      | 0 | --subject ci
            token issue      | 1 | --subject ci --config config/broken.yaml
            token issue      | 2 | --subject ci --rpm 0
            token issue      | 5 | --subject ci --config nowhere.yaml
            token inspect    | 0 | - < ci.jwt
            token inspect    | 1 | - < forged.jwt
            token inspect    | 1 | - < .env
            token inspect    | 5 | - < unreadable
            token verify     | 0 | - < ci.jwt
            token verify     | 1 | - < forged.jwt
            token verify     | 1 | --config config/broken.yaml - < ci.jwt
            token verify     | 5 | - < unreadable
            client-key new   | 0 | --name ci
            cert self-signed | 0 | --out new
            cert self-signed | 2 | --days 0
            cert self-signed | 5 | --out certs
            cert inspect     | 0 | certs/cert.pem
            cert inspect     | 1 | old/cert.pem
            cert inspect     | 3 | 127.0.0.1:1
            cert inspect     | 5 | nowhere.pem
            explain          | 0 | pool_exhausted
            explain          | 1 | pool_exhaust
            audit tail       | 0 |
            audit tail       | 1 | --config config/broken.yaml
            audit tail       | 2 | -n -1
            audit tail       | 5 | --file nowhere.log
            audit verify     | 0 |
            audit verify     | 1 | --file logs/forged.log
            audit verify     | 5 | --file nowhere.log
            doctor           | 0 | --config config/served.yaml
            doctor           | 1 | --config nowhere.yaml
            completion       | 0 | bash
            completion       | 2 | tcsh
            man-pages        | 0 | --out man
            man-pages        | 5 | --out .env
            """;

    private Situations() {}

    /** All of them. */
    static List<Situation> all() {
        List<Situation> all = new ArrayList<>();
        ASKING.lines().map(Situations::cells).forEach(it -> all.addAll(asking(it)));
        OTHERS.lines()
                .map(Situations::cells)
                .map(it -> new Situation(it.get(0), Integer.parseInt(it.get(1)), it.get(2), ""))
                .forEach(all::add);
        Set<String> commands = new LinkedHashSet<>();
        all.forEach(situation -> commands.add(situation.command()));
        commands.forEach(command -> all.add(new Situation(command, 2, "--no-such-option", "")));
        return all;
    }

    private static List<Situation> asking(List<String> cells) {
        String command = cells.get(0);
        String arguments = cells.get(1);
        return List.of(
                new Situation(command, 0, arguments + " --server {admin}", cells.get(2)),
                new Situation(command, 1, arguments + " --server {missing}", ""),
                new Situation(command, 3, arguments + " --server {nobody}", ""),
                new Situation(command, 4, arguments + " --server {refusing}", ""),
                new Situation(
                        command, 5, arguments + " --server {admin} --token-file nowhere", ""));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    }

    /**
     * One command in one of them.
     *
     * @param command as {@code keys list}
     * @param status its exit code then
     * @param arguments that lead there
     * @param answer of the server, or the name of a file that holds it
     */
    record Situation(String command, int status, String arguments, String answer) {
        /** The words of the command line without the file that is piped in. */
        List<String> words() {
            String line = (command + " " + arguments).replaceFirst(" < .*", "").strip();
            return List.of(line.split(" +"));
        }

        /** The file that is piped in, or nothing. */
        String input() {
            int pipe = arguments.indexOf("< ");
            return pipe < 0 ? "" : arguments.substring(pipe + 2);
        }

        @Override
        public String toString() {
            return command + " " + arguments + " → " + status;
        }
    }
}
