package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an administrator may say in a drop-in, at upgrades under a real systemd. */
record DropInsOfTheService(InstalledMachine machine) {
    private static final String DROP_IN = "/etc/systemd/system/gemproxy.service.d/own.conf";
    private static final String START =
            """
            ExecStart=
            ExecStart=/usr/lib/gemproxy/bin/gemproxy --config /etc/gemproxy/proxy.yaml \\
            """;

    /** A version is installed, accepted and serves; what is said here is taken back. */
    void countInTheCheckAsAtAStart() throws Exception {
        namesAndLinesOfAUnit();
        argumentsThatAreRefused();
        aPlaceThatIsNotThere();
        machine.does("rm " + DROP_IN + " && systemctl daemon-reload && systemctl restart gemproxy");
        machine.serves();
    }

    private void namesAndLinesOfAUnit() throws Exception {
        say(
                """
                EnvironmentFile=/etc/default/%N
                Environment="NO_PROXY=a b", \\
                [::1] \\
                # the level, too
                  LEVEL=100%%
                """
                        + START
                        + "  --set state.dir=${STATE_DIRECTORY} --set logging.level=info\n");
        String before = machine.process();
        String said = machine.does(InstalledMachine.RECONFIGURE);
        assertTrue(said.contains("the configuration is valid"), said);
        assertFalse(said.contains("NOT RESTARTED"), said);
        assertNotEquals(before, machine.process());
        machine.serves();
    }

    /** Nothing happens to the machine that is to happen when the service fails. */
    private void argumentsThatAreRefused() throws Exception {
        say(
                "FailureAction=reboot\nSockets=gemproxy.socket\n"
                        + START
                        + "  --set surely_no_key=1\n");
        String said = stays();
        assertTrue(said.contains("--set surely_no_key"), said);
        assertEquals("inactive\n", machine.sh("systemctl is-active gemproxy.socket").out());
    }

    private void aPlaceThatIsNotThere() throws Exception {
        say("ReadWritePaths=/srv/surely/not\n");
        String said = stays();
        assertTrue(said.contains("systemd cannot start the service as its unit says"), said);
    }

    private void say(String settings) throws IOException {
        Path file = machine.file(DROP_IN);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "[Service]\n" + settings);
    }

    private String stays() throws Exception {
        String before = machine.process();
        String said = machine.does(InstalledMachine.RECONFIGURE);
        assertTrue(said.contains("NOT RESTARTED"), said);
        assertEquals(before, machine.process());
        machine.serves();
        return said;
    }
}
