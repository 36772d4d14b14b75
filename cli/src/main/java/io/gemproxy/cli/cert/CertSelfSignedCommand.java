package io.gemproxy.cli.cert;

import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.server.listener.certificates.DefaultHosts;
import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cert self-signed}: a certificate to begin with. */
@Command(
        name = "self-signed",
        description = "Makes a key (EC P-256) and a certificate that vouches for itself.",
        footer = {
            "",
            "Writes cert.pem and key.pem (mode 0600). Clients trust it by, for example:",
            "  curl --cacert, SSL_CERT_FILE (Python, Go), NODE_EXTRA_CA_CERTS (Node).",
            "Exit codes: 0 made, 2 usage, 5 a file is there already or cannot be written.",
            "",
            "Example: gemproxy-cli cert self-signed --host gw.lan --host 10.0.0.5 --out certs"
        })
public final class CertSelfSignedCommand implements Callable<Integer> {
    private static final int LONGEST_DAYS = 3650;

    private final Installation installation;
    private final Printer printer;
    private final InstantSource clock;
    private final SecureRandom random;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            arity = "1..*",
            description =
                    "A name or address; may be repeated. Default: localhost, gemini-proxy, 127.0.0.1,"
                            + " ::1 and this machine's name.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "certs",
            description = "Where to write (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("certs");

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "365",
            description = "How long it lives (default: ${DEFAULT-VALUE}).")
    private int days = 365;

    @Option(names = "--force", description = "Replaces files that are there.")
    private boolean force;

    public CertSelfSignedCommand(
            Installation installation, Printer printer, InstantSource clock, SecureRandom random) {
        this.installation = installation;
        this.printer = printer;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws IOException {
        SelfSignedCertificate made = make(hosts.isEmpty() ? DefaultHosts.names() : hosts);
        Path certificateFile = out.resolve("cert.pem");
        Path keyFile = out.resolve("key.pem");
        write(made, certificateFile, keyFile);
        printer.print(
                () -> text(made.certificate(), certificateFile, keyFile),
                () -> json(made.certificate(), certificateFile, keyFile));
        printer.say("Trust it with: curl --cacert " + certificateFile + " https://…");
        return ExitCode.OK.number();
    }

    private SelfSignedCertificate make(List<String> names) {
        if (days < 1 || days > LONGEST_DAYS) {
            throw new CommandFailedException(ExitCode.USAGE, "--days is from 1 to " + LONGEST_DAYS);
        }
        try {
            return SelfSignedCertificate.create(names, Duration.ofDays(days), clock, random);
        } catch (IllegalArgumentException refused) {
            throw new CommandFailedException(
                    ExitCode.USAGE, String.valueOf(refused.getMessage()), refused);
        }
    }

    private void write(SelfSignedCertificate made, Path certificateFile, Path keyFile)
            throws IOException {
        try {
            made.write(installation.resolve(certificateFile), installation.resolve(keyFile), force);
        } catch (FileAlreadyExistsException there) {
            throw new CommandFailedException(
                    ExitCode.IO, there.getFile() + " is there already; --force replaces it", there);
        }
    }

    private List<String> text(X509Certificate made, Path certificateFile, Path keyFile) {
        return List.of(
                "Wrote " + certificateFile + " and " + keyFile + " (0600)",
                "Hosts   " + String.join(", ", named()),
                "Until   " + Humane.time(end(made)),
                "SHA-256 " + Fingerprint.of(made));
    }

    private Map<String, Object> json(X509Certificate made, Path certificateFile, Path keyFile) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("certificate_file", certificateFile.toString());
        json.put("key_file", keyFile.toString());
        json.put("hosts", named());
        json.put("expires_at", end(made).toString());
        json.put("sha256", Fingerprint.of(made));
        return json;
    }

    private List<String> named() {
        return hosts.isEmpty() ? DefaultHosts.names() : hosts;
    }

    private static Instant end(X509Certificate made) {
        return made.getNotAfter().toInstant();
    }
}
