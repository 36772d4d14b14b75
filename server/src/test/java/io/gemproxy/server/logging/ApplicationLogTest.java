package io.gemproxy.server.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.exchange.LogContext;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.logging.LoggingConfig.Format;
import io.gemproxy.server.logging.LoggingConfig.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("java.util.logging")
class ApplicationLogTest {
    private static final String NAME = "io.gemproxy.test.logging";
    private static final System.Logger LOG = System.getLogger(NAME);

    private static String scrub(String text) {
        return text.replace("canary", "****");
    }

    private static List<JsonNode> logged(Level level, Runnable work) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ApplicationLog log =
                ApplicationLog.install(
                        new LoggingConfig(level, Format.JSON), out, ApplicationLogTest::scrub)) {
            work.run();
            assertEquals(0, log.dropped());
        }
        return own(out);
    }

    /** Lines of this test only: other tests of the JVM may log meanwhile. */
    private static List<JsonNode> own(ByteArrayOutputStream out) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            JsonNode entry = new ObjectMapper().readTree(line);
            if (entry.path("logger").asText().equals(NAME)) {
                lines.add(entry);
            }
        }
        return lines;
    }

    @Test
    void aRecordCarriesTheRequestOfItsThreadAndOnlyThat() throws Exception {
        List<JsonNode> lines =
                logged(
                        Level.INFO,
                        () -> {
                            LOG.log(System.Logger.Level.INFO, "outside {0}", 1);
                            ScopedValue.where(LogContext.REQUEST_ID, new RequestId("01ABC"))
                                    .run(() -> LOG.log(System.Logger.Level.WARNING, "inside"));
                        });
        assertEquals("outside 1", lines.get(0).path("message").asText());
        assertFalse(lines.get(0).has("request_id"));
        assertEquals("01ABC", lines.get(1).path("request_id").asText());
        assertEquals("WARN", lines.get(1).path("level").asText());
    }

    @Test
    void secretsAreScrubbedFromMessagesParametersAndEveryCause() throws Exception {
        List<JsonNode> lines =
                logged(
                        Level.INFO,
                        () -> {
                            LOG.log(System.Logger.Level.INFO, "key canary and {0}", "canary");
                            LOG.log(
                                    System.Logger.Level.ERROR,
                                    "failed",
                                    new IllegalStateException(
                                            "outer canary", new IOException("inner canary")));
                        });
        assertEquals("key **** and ****", lines.get(0).path("message").asText());
        assertEquals(
                "java.lang.IllegalStateException: outer ****; caused by java.io.IOException: inner ****",
                lines.get(1).path("error").asText());
        assertFalse(lines.toString().contains("canary"));
    }

    @Test
    void aSecretAtTheCutIsScrubbedBeforeTheCut() throws Exception {
        String text = "x".repeat(8_190) + "canary";
        List<JsonNode> lines = logged(Level.INFO, () -> LOG.log(System.Logger.Level.INFO, text));
        assertFalse(lines.toString().contains("ca"), "no half of it either");
    }

    @Test
    void theLevelCanBeChangedWhileRunning() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ApplicationLog log =
                ApplicationLog.install(
                        new LoggingConfig(Level.WARN, Format.JSON),
                        out,
                        ApplicationLogTest::scrub)) {
            LOG.log(System.Logger.Level.INFO, "unseen");
            log.level(Level.TRACE);
            LOG.log(System.Logger.Level.TRACE, "seen");
            log.level(Level.ERROR);
            LOG.log(System.Logger.Level.WARNING, "unseen");
        }
        assertEquals(1, own(out).size());
        assertEquals("seen", own(out).getFirst().path("message").asText());
    }

    @Test
    void aStuckOutputHoldsUpNobodyAndWhatItCostsIsCounted() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        OutputStream out =
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        reached.countDown();
                        try {
                            stuck.await();
                        } catch (InterruptedException stop) {
                            throw new IOException(stop);
                        }
                    }
                };
        try (ApplicationLog log =
                ApplicationLog.install(
                        new LoggingConfig(Level.INFO, Format.TEXT),
                        out,
                        ApplicationLogTest::scrub,
                        4)) {
            LOG.log(System.Logger.Level.INFO, "first");
            reached.await();
            long start = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                LOG.log(System.Logger.Level.INFO, "line {0}", i);
            }
            assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
            assertTrue(log.dropped() >= 996, "dropped " + log.dropped());
            stuck.countDown();
        }
    }

    @Test
    void aBrokenOutputIsNotFatal() {
        OutputStream out =
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("broken pipe");
                    }
                };
        ApplicationLog log =
                ApplicationLog.install(
                        new LoggingConfig(Level.INFO, Format.TEXT), out, ApplicationLogTest::scrub);
        LOG.log(System.Logger.Level.INFO, "lost");
        log.close();
        assertTrue(log.dropped() >= 1);
    }

    @Test
    void noisyLoggersOfThePlatformAreTurnedDownAndGivenBack() {
        Logger noisy = Logger.getLogger("io.helidon.common.socket.SocketContext");
        java.util.logging.Level before = noisy.getLevel();
        Handler[] handlers = Logger.getLogger("").getHandlers();
        try (ApplicationLog log =
                ApplicationLog.install(
                        new LoggingConfig(Level.TRACE, Format.JSON),
                        new ByteArrayOutputStream(),
                        ApplicationLogTest::scrub)) {
            assertFalse(noisy.isLoggable(java.util.logging.Level.WARNING));
            // says each nonce that an authority rejects
            Logger acme = Logger.getLogger("org.shredzone.acme4j.connector.DefaultConnection");
            assertFalse(acme.isLoggable(java.util.logging.Level.INFO));
            assertTrue(acme.isLoggable(java.util.logging.Level.WARNING));
            assertEquals(1, Logger.getLogger("").getHandlers().length);
            assertEquals(0, log.dropped());
        }
        assertEquals(before, noisy.getLevel());
        assertEquals(handlers.length, Logger.getLogger("").getHandlers().length);
    }
}
