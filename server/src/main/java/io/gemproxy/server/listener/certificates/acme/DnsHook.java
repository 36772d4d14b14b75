package io.gemproxy.server.listener.certificates.acme;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One TXT record, made and removed by the operator's program. It is called without a shell as
 * {@code PROGRAM present|cleanup DOMAIN NAME VALUE}, with the same in its environment and nothing
 * else but {@code PATH}; exit code 0 says that the record is there to be seen.
 */
final class DnsHook {
    private static final System.Logger LOG = System.getLogger(DnsHook.class.getName());

    private static final int MOST_SAID = 4_096;
    private static final long LAST_WORDS_SECONDS = 2;

    private final AcmeConfig.Hook hook;
    private final String domain;
    private final String value;

    /**
     * @param value of the record
     */
    DnsHook(AcmeConfig.Hook hook, String domain, String value) {
        this.hook = hook;
        this.domain = domain;
        this.value = value;
    }

    void present() throws AcmeFailure, InterruptedException {
        run("present");
    }

    /**
     * What fails here is said and otherwise of no consequence. It is begun also by a thread that
     * has been interrupted; an interruption while it runs ends it.
     *
     * @return whether the record is gone
     */
    boolean cleanUp() {
        boolean interrupted = Thread.interrupted();
        try {
            run("cleanup");
            return true;
        } catch (AcmeFailure left) {
            LOG.log(Level.WARNING, "acme: a DNS record may be left over: {0}", left.said());
            return false;
        } catch (InterruptedException end) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(String verb) throws AcmeFailure, InterruptedException {
        Process process = start(verb);
        CompletableFuture<String> said = said(process);
        try {
            if (!process.waitFor(hook.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed(verb, "did not end within " + hook.timeout().toSeconds() + " s", said);
            }
            if (process.exitValue() != 0) {
                throw failed(verb, "ended with exit code " + process.exitValue(), said);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start(String verb) throws AcmeFailure {
        String name = "_acme-challenge." + domain;
        ProcessBuilder builder =
                new ProcessBuilder(hook.program().toString(), verb, domain, name, value)
                        .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> !variable.equals("PATH"));
        environment.put("ACME_ACTION", verb);
        environment.put("ACME_DOMAIN", domain);
        environment.put("ACME_RECORD_NAME", name);
        environment.put("ACME_RECORD_VALUE", value);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException unstartable) {
            throw new AcmeFailure(
                    AcmeFailure.Kind.HOOK, "cannot be started: " + unstartable, unstartable);
        }
    }

    /** Read to its end, or the program would stop at a full pipe; kept up to a bound. */
    private static CompletableFuture<String> said(Process process) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (InputStream in = process.getInputStream()) {
                        byte[] kept = in.readNBytes(MOST_SAID);
                        in.skip(Long.MAX_VALUE);
                        return new String(kept, StandardCharsets.UTF_8);
                    } catch (IOException killed) {
                        return "";
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    private AcmeFailure failed(String verb, String how, CompletableFuture<String> said)
            throws InterruptedException {
        String words =
                said.completeOnTimeout("", LAST_WORDS_SECONDS, TimeUnit.SECONDS).join().strip();
        return new AcmeFailure(
                AcmeFailure.Kind.HOOK,
                hook.program()
                        + " "
                        + verb
                        + " "
                        + domain
                        + " "
                        + how
                        + (words.isEmpty() ? "" : "; it says: " + words));
    }
}
