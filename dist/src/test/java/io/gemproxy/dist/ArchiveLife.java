package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code install.sh} and {@code uninstall.sh} of the archive, by root under a real systemd. */
record ArchiveLife(InstalledMachine machine) {
    private static final String UNINSTALL = "/usr/local/lib/gemproxy/scripts/uninstall.sh";

    ArchiveLife {
        try (var files = Files.list(Installation.home().resolveSibling("."))) {
            Path archive =
                    files.filter(file -> file.toString().endsWith("-linux-x64.tar.gz"))
                            .findFirst()
                            .orElseThrow();
            machine.copyIn(archive, "/root/gemproxy-0.1.0-linux-x64.tar.gz");
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The package was removed, and has left configuration, state and logs. */
    void takesOverAndSurvivesThePurgeOfThePackage() throws Exception {
        unpack();
        String said = machine.does(install());
        assertTrue(said.contains("Installed gemproxy in /usr/local/lib/gemproxy"), said);
        machine.serves();
        said = machine.does("dpkg --purge gemproxy");
        assertTrue(
                said.contains(
                        "another installation uses them: /usr/local/lib/gemproxy/bin/gemproxy"),
                said);
        assertEquals("enabled\n", machine.does("systemctl is-enabled gemproxy"));
        machine.does("systemctl restart gemproxy");
        machine.serves();
        assertEquals(0, machine.cli("root", "audit verify").status());

        String before = machine.process();
        machine.spoil();
        Outcome refused = machine.sh(install());
        assertEquals(6, refused.status(), refused.err());
        assertTrue(refused.err().contains("NOT RESTARTED"), refused.err());
        assertEquals(before, machine.process());
        machine.mend();
        machine.serves();

        machine.does(UNINSTALL);
        assertEquals("", machine.does("find /usr/local -path '*gemproxy*'"));
        assertEquals("inactive\n", machine.sh("systemctl is-active gemproxy").out());
        machine.does("test -f /etc/gemproxy/proxy.yaml && test -f /var/log/gemproxy/audit.log");
    }

    /** Nothing of gemproxy is there but the unpacked archive. */
    void leavesNothingOfAnInstallationThatNobodyTouched() throws Exception {
        Outcome first = machine.sh(install());
        assertEquals(6, first.status(), first.err());
        assertTrue(first.err().contains("put your Gemini keys into"), first.err());
        assertEquals(
                List.of(
                        "/etc/gemproxy root:gemproxy 750",
                        "/etc/gemproxy/audit-chain.key root:gemproxy 640",
                        "/etc/gemproxy/proxy.yaml root:gemproxy 640",
                        "/etc/systemd/system/gemproxy.service root:root 644",
                        "/usr/local/lib/gemproxy/bin/gemproxy root:root 755",
                        "/var/lib/gemproxy gemproxy:gemproxy 750"),
                machine.does(
                                "stat -c '%n %U:%G %a' /etc/gemproxy /etc/gemproxy/audit-chain.key"
                                        + " /etc/gemproxy/proxy.yaml"
                                        + " /etc/systemd/system/gemproxy.service"
                                        + " /usr/local/lib/gemproxy/bin/gemproxy"
                                        + " /var/lib/gemproxy")
                        .lines()
                        .toList());
        assertNotEquals("enabled\n", machine.sh("systemctl is-enabled gemproxy").out());
        machine.does(UNINSTALL + " --purge");
        assertEquals(
                "",
                machine.does(
                        "find /etc /usr /var -xdev -path '*gemproxy*'"
                                + " -not -path '/var/log/journal/*'"));
        assertEquals(1, machine.sh("id gemproxy").status());
    }

    private void unpack() throws Exception {
        machine.does(commands().getFirst());
        machine.does("[ -d gemproxy-0.1.0 ] || mv gemproxy-0.1.0-*/ gemproxy-0.1.0");
    }

    private static String install() throws Exception {
        return commands().get(1);
    }

    private static List<String> commands() throws Exception {
        return InstallGuide.of("install.md")
                .under("Other distributions", 1)
                .getFirst()
                .lines()
                .toList();
    }
}
