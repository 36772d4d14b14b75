package io.gemproxy.server.listener.certificates.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's program. */
final class DnsHookIT {
    @TempDir Path directory;

    private DnsHook hook(String script, Duration timeout) throws Exception {
        Path program = directory.resolve("hook with a space; $(touch gone)");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new DnsHook(new AcmeConfig.Hook(program, timeout), "a.example", "va*l'ue");
    }

    private DnsHook hook(String script) throws Exception {
        return hook(script, Duration.ofSeconds(20));
    }

    @Test
    void itGetsArgumentsAndEnvironmentAndNothingElse() throws Exception {
        Path seen = directory.resolve("seen");
        hook("{ printf '%s\\n' \"$@\"; env | sort | grep -v ^PWD= | grep -v ^_=; cat; } > '"
                        + seen
                        + "'")
                .present();
        assertEquals(
                """
                present
                a.example
                _acme-challenge.a.example
                va*l'ue
                ACME_ACTION=present
                ACME_DOMAIN=a.example
                ACME_RECORD_NAME=_acme-challenge.a.example
                ACME_RECORD_VALUE=va*l'ue
                PATH=%s
                """
                        .formatted(System.getenv("PATH")),
                Files.readString(seen));
        assertTrue(Files.notExists(directory.resolve("gone")));
    }

    @Test
    void itsFailureIsSaidInItsOwnWordsUpToABound() throws Exception {
        DnsHook failing =
                hook("echo no such zone >&2; head -c 200000 /dev/zero | tr '\\0' x; exit 3");
        AcmeFailure why = assertThrows(AcmeFailure.class, failing::present);
        assertEquals(AcmeFailure.Kind.HOOK, why.kind());
        assertTrue(why.said().contains("ended with exit code 3; it says: no such zone"));
        assertTrue(why.said().length() < 1_000);
        failing.cleanUp();
    }

    @Test
    void itIsKilledWithAllThatItStarted() throws Exception {
        Path pid = directory.resolve("pid");
        DnsHook stuck = hook("sleep 300 & echo $! > '" + pid + "'; wait", Duration.ofSeconds(1));
        AcmeFailure why = assertThrows(AcmeFailure.class, stuck::present);
        assertTrue(why.said().contains("did not end within 1 s"), why.said());
        long child = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(child).ifPresent(it -> it.onExit().join());
    }

    @Test
    void onceItCannotBeStartedItIsSaid() {
        DnsHook absent =
                new DnsHook(
                        new AcmeConfig.Hook(directory.resolve("absent"), Duration.ofSeconds(1)),
                        "a.example",
                        "v");
        assertEquals(
                AcmeFailure.Kind.HOOK, assertThrows(AcmeFailure.class, absent::present).kind());
    }
}
