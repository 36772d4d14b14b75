package io.gemproxy.cli.cert;

import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Paint;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.Progress;
import io.gemproxy.cli.output.TextTable;
import io.gemproxy.server.listener.certificates.PemFiles;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cert inspect}: what a certificate says. */
@Command(
        name = "inspect",
        description = "Shows a certificate of a PEM file, or the one a TLS server presents.",
        footer = {
            "",
            "Nothing is sent over the connection. Whether Java trusts it is told, and is no failure.",
            "Exit codes: 0 valid now, 1 expired or not yet valid, 2 usage, 3 no TLS server there, 5 the"
                    + " file cannot be read.",
            "",
            "Example: gemproxy-cli cert inspect certs/cert.pem",
            "         gemproxy-cli cert inspect localhost:8443"
        })
public final class CertInspectCommand implements Callable<Integer> {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^:/\\s]+)):([0-9]{1,5})");
    private static final int LAST_PORT = 65_535;

    private final Installation installation;
    private final Printer printer;
    private final InstantSource clock;
    private final Progress progress;

    @Parameters(paramLabel = "FILE|HOST:PORT", description = "A PEM file, or where to look.")
    private String what = "";

    public CertInspectCommand(
            Installation installation, Printer printer, InstantSource clock, Progress progress) {
        this.installation = installation;
        this.printer = printer;
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public Integer call() throws IOException {
        Path file = installation.resolve(Path.of(what));
        Matcher address = ADDRESS.matcher(what);
        Optional<TlsPeer> peer =
                !Files.exists(file) && address.matches()
                        ? Optional.of(met(address))
                        : Optional.empty();
        List<CertificateFacts> chain =
                (peer.isPresent() ? peer.get().chain() : PemFiles.certificates(file))
                        .stream().map(CertificateFacts::of).toList();
        boolean valid = chain.getFirst().isValidAt(clock.instant());
        printer.print(() -> text(chain, peer), () -> json(chain, peer, valid));
        return (valid ? ExitCode.OK : ExitCode.NO).number();
    }

    private TlsPeer met(Matcher address) {
        String host = address.group(1) == null ? address.group(2) : address.group(1);
        int port = Integer.parseInt(address.group(3));
        if (port < 1 || port > LAST_PORT) {
            throw new CommandFailedException(ExitCode.USAGE, "a port is from 1 to " + LAST_PORT);
        }
        try (var _ = progress.begin("Waiting for " + what + ", 10 s at most")) {
            return TlsPeer.meet(host, port);
        } catch (UnknownHostException unknown) {
            throw unreachable("there is no host of that name", unknown);
        } catch (SSLException noTls) {
            throw unreachable("it speaks no TLS, or none that this Java knows", noTls);
        } catch (IOException failed) {
            throw unreachable(String.valueOf(failed.getMessage()), failed);
        }
    }

    private CommandFailedException unreachable(String why, IOException cause) {
        return new CommandFailedException(
                ExitCode.UNREACHABLE, what + " cannot be reached: " + why, cause);
    }

    private List<String> text(List<CertificateFacts> chain, Optional<TlsPeer> peer) {
        CertificateFacts own = chain.getFirst();
        TextTable table =
                new TextTable()
                        .row("SUBJECT", own.subject())
                        .row("ISSUER", own.isSelfSigned() ? "itself" : own.issuer())
                        .row("HOSTS", String.join(", ", own.hosts()))
                        .row("FROM", moment(own.from()))
                        .row("UNTIL", moment(own.until()))
                        .row("KEY", own.key())
                        .row("SIGNATURE", own.signature())
                        .row("SERIAL", own.serial())
                        .row("SHA-256", own.sha256());
        for (CertificateFacts above : chain.subList(1, chain.size())) {
            table.row("CHAIN", above.subject() + ", until " + Humane.time(above.until()));
        }
        peer.ifPresent(met ->
                table.row("TLS", met.protocol() + ", " + met.cipherSuite())
                        .row("TRUSTED", met.distrust().map(why -> "no: " + why).orElse("yes")));
        List<String> lines = new ArrayList<>();
        lines.add(verdict(own));
        lines.addAll(table.lines());
        return lines;
    }

    private String verdict(CertificateFacts own) {
        Instant now = clock.instant();
        if (now.isAfter(own.until())) {
            return printer.paint(Paint.RED, "expired");
        }
        return now.isBefore(own.from())
                ? printer.paint(Paint.RED, "not yet valid")
                : printer.paint(Paint.GREEN, "valid");
    }

    private String moment(Instant moment) {
        return Humane.time(moment) + " (" + Humane.distance(clock.instant(), moment) + ")";
    }

    private Map<String, Object> json(
            List<CertificateFacts> chain, Optional<TlsPeer> peer, boolean valid) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", what);
        json.put("valid", valid);
        json.put("chain", chain.stream().map(CertificateFacts::json).toList());
        peer.ifPresent(met -> {
            json.put("protocol", met.protocol());
            json.put("cipher_suite", met.cipherSuite());
            json.put("trusted", met.distrust().isEmpty());
            met.distrust().ifPresent(why -> json.put("distrust", why));
        });
        return json;
    }
}
