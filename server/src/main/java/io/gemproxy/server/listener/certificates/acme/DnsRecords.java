package io.gemproxy.server.listener.certificates.acme;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The TXT records that the operator's program has made and not yet removed, in a file of the
 * storage: those that a server left behind when it ended are removed at the next start.
 */
public final class DnsRecords {
    private static final System.Logger LOG = System.getLogger(DnsRecords.class.getName());

    private final AcmeConfig config;
    private final OrderLock lock;

    public DnsRecords(AcmeConfig config, InstantSource clock) {
        this.config = config;
        lock = new OrderLock(config.storage(), clock);
    }

    /** One of them, as a line of the file; neither part holds a space. */
    private record Line(String domain, String value) {
        static Line of(String text) {
            int space = text.indexOf(' ');
            return new Line(text.substring(0, space), text.substring(space + 1));
        }

        @Override
        public String toString() {
            return domain + " " + value + "\n";
        }
    }

    /**
     * Makes one; it is noted before.
     *
     * @return removes it; never fails
     */
    Runnable make(AcmeConfig.Hook hook, String domain, String value)
            throws AcmeFailure, InterruptedException {
        Line line = new Line(domain, value);
        try {
            PrivateFile.directory(config.storage());
            write(Stream.concat(lines().stream().filter(not(line)), Stream.of(line)));
        } catch (IOException unwritable) {
            throw new AcmeFailure(
                    AcmeFailure.Kind.STORAGE,
                    file() + " cannot be written: " + unwritable,
                    unwritable);
        }
        try {
            new DnsHook(hook, domain, value).present();
        } catch (AcmeFailure | InterruptedException halfway) {
            remove(hook, line);
            throw halfway;
        }
        return () -> remove(hook, line);
    }

    /**
     * Removes those that were left behind. What fails is said and tried again at the next start.
     *
     * @return false while another instance orders, whose they may be
     */
    boolean removeLeft() {
        if (Files.notExists(file())) {
            return true;
        }
        try (OrderLock.Held held = lock.take().orElse(null)) {
            if (held == null) {
                return false;
            }
            for (Line line : lines()) {
                held.extend();
                removeLeft(line);
            }
        } catch (IOException | AcmeFailure unusable) {
            LOG.log(
                    Level.WARNING,
                    "acme: DNS records of {0} may be left over: {1}",
                    file(),
                    unusable.toString());
        }
        return true;
    }

    private void removeLeft(Line line) {
        if (config.hook().isPresent()) {
            LOG.log(
                    Level.INFO,
                    "acme: removing the DNS record _acme-challenge.{0}, which was left behind",
                    line.domain());
            remove(config.hook().get(), line);
        } else {
            LOG.log(
                    Level.WARNING,
                    "acme: the DNS record _acme-challenge.{0} was left behind, and no dns_hook"
                            + " could remove it any more",
                    line.domain());
            forget(line);
        }
    }

    private void remove(AcmeConfig.Hook hook, Line line) {
        if (new DnsHook(hook, line.domain(), line.value()).cleanUp()) {
            forget(line);
        }
    }

    /** Where that fails the record is removed once more than needed. */
    private void forget(Line line) {
        try {
            write(lines().stream().filter(not(line)));
        } catch (IOException unwritable) {
            LOG.log(
                    Level.WARNING,
                    "acme: {0} cannot be written: {1}",
                    file(),
                    unwritable.toString());
        }
    }

    private static Predicate<Line> not(Line line) {
        return other -> !other.equals(line);
    }

    private List<Line> lines() throws IOException {
        try {
            return Files.readAllLines(file()).stream()
                    .filter(text -> text.indexOf(' ') > 0)
                    .map(Line::of)
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private void write(Stream<Line> lines) throws IOException {
        String text = lines.map(Line::toString).collect(Collectors.joining());
        if (text.isEmpty()) {
            Files.deleteIfExists(file());
        } else {
            PrivateFile.replace(file(), text, PrivateFile.OWNER);
        }
    }

    private Path file() {
        return config.storage().resolve("dns-records");
    }
}
