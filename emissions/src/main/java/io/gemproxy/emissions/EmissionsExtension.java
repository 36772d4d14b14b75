package io.gemproxy.emissions;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test after which a secret is found in what the product emitted, and writes at the end
 * of the run to {@code target/secret-search.txt} how much was searched. Registered by itself in
 * each module that has this one on its class path.
 */
public final class EmissionsExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final AtomicBoolean TAPPED = new AtomicBoolean();
    private static final Set<String> RUNNING = new ConcurrentSkipListSet<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        if (TAPPED.compareAndSet(false, true)) {
            System.setOut(tapped("System.out", System.out));
            System.setErr(tapped("System.err", System.err));
        }
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(EmissionsExtension.class))
                .computeIfAbsent(Report.class, key -> new Report(), Report.class);
    }

    private static PrintStream tapped(String place, PrintStream stream) {
        return new PrintStream(Emissions.OF_THIS_RUN.into(place, stream), true, stream.charset());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        RUNNING.add(name(context));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        judge(name(context));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        judge(name(context));
    }

    private static String name(ExtensionContext context) {
        return context.getRequiredTestClass().getSimpleName() + " " + context.getDisplayName();
    }

    /** Where tests run side by side, a leak is that of one of those that are named. */
    private static void judge(String ended) {
        Set<String> suspects = new TreeSet<>(RUNNING);
        suspects.add(ended);
        RUNNING.remove(ended);
        Set<String> found = Emissions.OF_THIS_RUN.judge();
        if (!found.isEmpty()) {
            throw new AssertionError("secrets came out during " + suspects + ": " + found);
        }
    }

    /** Written when all classes have run. */
    private record Report() implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Path target = Path.of("target");
            if (Files.isDirectory(target)) {
                Emissions all = Emissions.OF_THIS_RUN;
                Files.writeString(
                        target.resolve("secret-search.txt"),
                        "%d bytes searched for %d secrets\n".formatted(all.bytes(), all.secrets()));
            }
        }
    }
}
