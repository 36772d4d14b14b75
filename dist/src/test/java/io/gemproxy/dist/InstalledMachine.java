package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.dist.nspawn.Machine;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A machine on which gemproxy gets installed, and what is asked of it there. */
final class InstalledMachine implements AutoCloseable {
    static final String CONFIG = "/etc/gemproxy/proxy.yaml";
    static final String CREDENTIAL = "/etc/gemproxy/credentials/gemini";

    /** The end of an upgrade, without its unpacking. */
    static final String RECONFIGURE = "DEBIAN_FRONTEND=noninteractive dpkg-reconfigure gemproxy";

    private static final Pattern SECRET =
            Pattern.compile("(?:jwt_secret|admin_password): \"(\\S{48})\"");
    private static final String KEY =
            Emissions.OF_THIS_RUN.secret(
                    "the key of the installed server", "AIzaOfTheInstalledServer00000000000000");

    private final Machine machine;
    private String configuration = "";

    /** One where root asks nobody and apt asks nothing. */
    InstalledMachine() throws IOException, InterruptedException {
        machine = Machine.boot();
        program("sudo", "exec \"$@\"");
        Files.writeString(
                file("/etc/apt/apt.conf.d/99-no-questions"), "APT::Get::Assume-Yes \"true\";\n");
    }

    /** A program of the machine's own, in the directory that comes first on the path. */
    private void program(String name, String script) throws IOException {
        Path program = file("/usr/local/sbin").resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    void copyIn(Path file, String to) throws IOException, InterruptedException {
        machine.copyIn(file, to);
    }

    Path file(String absolute) {
        return machine.file(absolute);
    }

    /** A script of the shell, as root, with the path that root has. */
    Outcome sh(String script) throws IOException, InterruptedException {
        return machine.run(
                "env",
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "HOME=/root",
                "sh",
                "-c",
                "cd && " + script);
    }

    /** What a script that succeeds prints, on either stream. */
    String does(String script) throws IOException, InterruptedException {
        Outcome outcome = sh(script);
        assertEquals(0, outcome.status(), script + "\n" + outcome.out() + outcome.err());
        return outcome.out() + outcome.err();
    }

    /** What {@code gemproxy-cli} answers a user. */
    Outcome cli(String user, String arguments) throws IOException, InterruptedException {
        return sh("cd / && runuser -u " + user + " -- gemproxy-cli " + arguments);
    }

    /** Starts a simulator, and makes {@code sudoedit} put its key into the first configuration. */
    void editor() throws IOException, InterruptedException {
        Matcher secrets = SECRET.matcher(Files.readString(file(CONFIG)));
        while (secrets.find()) {
            Emissions.OF_THIS_RUN.secret("a secret of the first configuration", secrets.group(1));
        }
        does("systemd-run --quiet --unit=simulator gemini-simulator --port 8090 --key one=" + KEY);
        configuration =
                Files.readString(file(CONFIG))
                        + "gemini:\n  base_url: http://127.0.0.1:8090\n"
                        + "  api_keys: [{id: one, key: "
                        + KEY
                        + "}]\n";
        Path edited = file("/root/edited.yaml");
        Emissions.OF_THIS_RUN.given(edited);
        Emissions.OF_THIS_RUN.given(file(CONFIG));
        Files.writeString(edited, configuration);
        program("sudoedit", "cat /root/edited.yaml >\"$1\"");
    }

    /** The configuration as it was before {@link #spoil}. */
    void mend() throws IOException {
        write(configuration);
    }

    /** A key that no version knows. */
    void spoil() throws IOException {
        write("surely_no_key: 1\n" + configuration);
    }

    /**
     * The key of Gemini as a credential of the service, and a certificate of that directory.
     *
     * @param directory absolute
     */
    void refer(String directory) throws IOException {
        Path credential = Emissions.OF_THIS_RUN.given(file(CREDENTIAL));
        Files.writeString(credential, KEY + "\n");
        write(
                configuration
                        .replace(
                                "key: " + KEY,
                                "key_file: \"${CREDENTIALS_DIRECTORY}/gemproxy_gemini\"")
                        .replace("/var/lib/gemproxy/certs/", directory + "/"));
    }

    private void write(String text) throws IOException {
        Path config = file(CONFIG);
        Emissions.OF_THIS_RUN.given(config);
        Files.writeString(config, text);
    }

    /**
     * That the proxy answers a client on port 443, and that its process is nobody's but its own.
     */
    void serves() throws IOException, InterruptedException {
        String token = cli("root", "token issue --subject test").out().strip();
        String answer =
                does(
                        "curl -sSk --fail --max-time 60 --retry 60 --retry-delay 1"
                                + " --retry-connrefused -H 'x-goog-api-key: "
                                + token
                                + "' -d '{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}'"
                                + " https://localhost/v1beta/models/gemini-2.5-flash:generateContent");
        assertTrue(answer.contains("You said: hello"), answer);
        assertEquals("gemproxy", does("stat -c %U /proc/" + process()).strip());
    }

    /** The server's process id. */
    String process() throws IOException, InterruptedException {
        return does("systemctl show -p MainPID --value gemproxy").strip();
    }

    @Override
    public void close() throws IOException {
        machine.close();
    }
}
