package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The unit under a real systemd. */
final class SystemdIT {
    private static final Duration KILLED_AT_MOST = Duration.ofSeconds(2);

    private static final int RESTARTS = 20;
    private static final String GENERATE =
            "https://localhost/v1beta/models/gemini-2.5-flash:generateContent";
    private static final String STREAM =
            "https://localhost/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse";

    private static ServiceMachine service;

    @BeforeAll
    static void boot() throws Exception {
        var missing = ServiceMachine.missing();
        assumeTrue(missing.isEmpty(), missing.orElse(""));
        service = ServiceMachine.boot();
    }

    @AfterAll
    static void shutDown() throws Exception {
        if (service != null) {
            service.close();
        }
    }

    @BeforeEach
    void startAfresh() throws Exception {
        service.reset();
    }

    @Test
    void startedMeansThatItServesPort443AsNobodySpecial() throws Exception {
        service.start();
        assertEquals("active", service.property("ActiveState"));
        assertTrue(
                service.property("StatusText")
                        .matches("Serving on https://.*:443, .*; 1 of 1 key healthy"),
                service.property("StatusText"));
        String pid = service.property("MainPID");
        assertEquals("gemproxy", service.shell("ps -o user= -p " + pid).out().strip());
        assertEquals(
                "0000000000000400",
                service.shell("sed -n 's/^CapEff:\t//p' /proc/" + pid + "/status").out().strip());
        try (var _ = service.google("")) {
            assertEquals("200", service.ask(GENERATE));
        }
        assertEquals("", service.journal("-p err"));
        assertTrue(service.journal("-p info").contains("serves on"));
        Outcome socket = service.shell("stat -c '%a %U:%G' /run/gemproxy/admin.sock");
        assertEquals("660 gemproxy:gemproxy", socket.out().strip());
        for (String forbidden : new String[] {"/etc/gemproxy/x", "/usr/x", "/var/x"}) {
            Outcome write =
                    service.shell(
                            "nsenter -t "
                                    + pid
                                    + " -m setpriv --reuid gemproxy touch "
                                    + forbidden);
            assertNotEquals(0, write.status(), forbidden);
        }
    }

    @Test
    void aReloadTakesAnEditAndRefusesABadOne() throws Exception {
        service.start();
        service.configure(ServiceMachine.CONFIG.replace("id: alpha", "id: beta"));
        assertEquals(0, service.shell("systemctl reload gemproxy").status());
        service.await(() -> service.admin("GET", "/api/keys").contains("beta"));
        service.configure(ServiceMachine.CONFIG + "unknown: 1\n");
        assertEquals(0, service.shell("systemctl reload gemproxy").status());
        service.await(() -> service.property("StatusText").contains("; configuration refused: "));
        assertTrue(
                service.property("StatusText").contains("unknown: is not a known key"),
                service.property("StatusText"));
        assertTrue(service.journal("-p err").contains("the configuration is refused"));
        assertEquals("active", service.property("ActiveState"));
        String again = service.admin("POST", "/api/config/reload");
        assertTrue(again.contains("rejected"), again);
        service.configure(ServiceMachine.CONFIG + "# mended\n");
        service.await(() -> !service.property("StatusText").contains("refused"));
    }

    /** The best of three, since the machine may be busy with other things. */
    @Test
    void aKilledServerIsBackInLessThanTwoSeconds() throws Exception {
        service.start();
        Duration back = KILLED_AT_MOST;
        for (int i = 0; i < 3 && back.compareTo(KILLED_AT_MOST) >= 0; i++) {
            back = killed();
            System.out.println("SIGKILL to the next answer: " + back);
        }
        assertTrue(back.compareTo(KILLED_AT_MOST) < 0, back::toString);
    }

    /** How long nobody is answered. */
    private Duration killed() throws Exception {
        String pid = service.property("MainPID");
        long begun = System.nanoTime();
        service.shell("kill -KILL " + pid);
        service.await(() -> service.ask("https://localhost/health").equals("200"));
        Duration back = Duration.ofNanos(System.nanoTime() - begun);
        assertNotEquals(pid, service.property("MainPID"));
        return back;
    }

    @Test
    void aServerThatHangsIsStartedAgain() throws Exception {
        service.dropIn("service", "[Service]\nWatchdogSec=5s\n");
        service.start();
        String pid = service.property("MainPID");
        service.shell("kill -STOP " + pid);
        service.await(() -> service.ask("https://localhost/health").equals("200"));
        assertNotEquals(pid, service.property("MainPID"));
        assertTrue(service.journal("").contains("Watchdog timeout"), service.journal(""));
    }

    @Test
    void aStopLetsAStreamFinish() throws Exception {
        try (var _ = service.google("path *:streamGenerateContent: stall at event 1 for 4s")) {
            service.start();
            assertEquals("200", service.ask(GENERATE));
            CompletableFuture<Outcome> stream =
                    service.later("curl", "-sSNk", "-d", ServiceMachine.BODY, STREAM);
            service.await(() -> service.admin("GET", "/api/status").contains("\"streams\":1"));
            assertEquals(0, service.shell("systemctl stop gemproxy").status());
            Outcome whole = stream.get(30, TimeUnit.SECONDS);
            assertEquals(0, whole.status(), whole.err());
            assertTrue(whole.out().contains("\"finishReason\""), whole.out());
            assertEquals("success", service.property("Result"));
            assertEquals("0", service.property("ExecMainStatus"));
        }
    }

    @Test
    void aPortThatIsTakenIsSaidInALineAndNotRetriedForEver() throws Exception {
        service.configure(ServiceMachine.CONFIG.replace("port: 443", "port: 9999"));
        try (var _ = service.google("")) {
            Outcome start = service.shell("systemctl start gemproxy");
            assertNotEquals(0, start.status());
            String said = service.journal("-p err");
            assertTrue(said.contains("127.0.0.1:9999 cannot be bound"), said);
            assertTrue(service.journal("").contains("status=5/"), service.journal(""));
        }
    }

    @Test
    void restartsThroughTheSocketUnitLoseNobody() throws Exception {
        try (var _ = service.google("")) {
            assertEquals(0, service.shell("systemctl start gemproxy.socket gemproxy").status());
            assertEquals("200", service.ask(GENERATE));
            CompletableFuture<Outcome> load = service.load(443);
            for (int i = 0; i < RESTARTS; i++) {
                Outcome restart = service.shell("systemctl restart gemproxy");
                assertEquals(0, restart.status(), restart.err());
            }
            service.endLoad();
            Outcome told = load.get(2, TimeUnit.MINUTES);
            assertTrue(
                    told.out().matches("(?s)fresh=[1-9]\\d+ kept=[1-9]\\d+ .*"),
                    told.out() + told.err());
            assertFalse(told.out().contains("LOST"), told.out());
            System.out.println(RESTARTS + " restarts: " + told.out().strip());
        }
    }

    @Test
    void aSocketAtAnotherPortThanConfiguredIsSaidInALine() throws Exception {
        service.configure(ServiceMachine.CONFIG.replace("port: 443", "port: 8443"));
        assertEquals(0, service.shell("systemctl start gemproxy.socket gemproxy").status());
        assertEquals("200", service.ask("https://localhost:8443/health"));
        String said = service.journal("-p warning");
        assertTrue(
                said.lines()
                        .anyMatch(line ->
                                line.contains(
                                        "handed over a socket at [0:0:0:0:0:0:0:0]:443, which is"
                                                + " not used: server.host and server.port say"
                                                + " 127.0.0.1:8443")),
                said);
    }

    @Test
    void aRebootBringsItBack() throws Exception {
        assertEquals(0, service.shell("systemctl enable gemproxy").status());
        service.reboot();
        service.await(() -> service.ask("https://localhost/health").equals("200"));
        assertEquals("active", service.property("ActiveState"));
    }
}
