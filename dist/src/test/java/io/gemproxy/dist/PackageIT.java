package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gemproxy.dist.nspawn.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package's life on a machine with a real systemd. */
@Timeout(1200)
final class PackageIT {
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");

    private static final InstallGuide GUIDE = guide();

    @TempDir private Path directory;

    private static InstallGuide guide() {
        try {
            return InstallGuide.of("install.md");
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Test
    void fromTheInstallationToThePurge() throws Exception {
        var missing = Machine.missing();
        assumeTrue(missing.isEmpty(), () -> missing.orElseThrow());
        var built = Installation.debianPackage();
        assumeTrue(built.isPresent(), "no .deb was built: mvn verify -Ppackages");
        try (var machine = new InstalledMachine()) {
            machine.copyIn(built.orElseThrow(), "/root/gemproxy_0.1.0_amd64.deb");
            makeOthers(built.orElseThrow());
            machine.copyIn(directory.resolve("next.deb"), "/root/gemproxy_0.2.0_amd64.deb");
            machine.copyIn(directory.resolve("mute.deb"), "/root/mute.deb");
            machine.copyIn(Installation.checkout().resolve("scripts/deploy.sh"), "/root/deploy.sh");
            ArchiveLife archive = new ArchiveLife(machine);
            installs(machine);
            servesOncePutTogether(machine);
            answersRootAndTheGroupAndNobodyElse(machine);
            keepsThePortOpenWithItsSocketUnit(machine);
            deploysAVersionThatServes(machine);
            goesBackFromOneThatDoesNotServe(machine);
            deploysNothingWhereTheConfigurationIsRefused(machine);
            staysWithTheOldVersionWhereTheNewRefusesTheConfiguration(machine);
            new FilesOfTheService(machine).decideWhetherAnUpgradeRestarts();
            comesBackFromABackup(machine);
            keepsWhatIsNotTheProgramWhenRemoved(machine);
            archive.takesOverAndSurvivesThePurgeOfThePackage();
            installsAgain(machine);
            keepsWhatTheAdministratorWroteWhenPurged(machine);
            archive.leavesNothingOfAnInstallationThatNobodyTouched();
        }
    }

    private static void installs(InstalledMachine machine) throws Exception {
        String said = machine.does(GUIDE.under("Debian and Ubuntu", 3).getFirst());
        assertTrue(said.contains("put your Gemini keys into /etc/gemproxy/proxy.yaml"), said);
        assertEquals(
                List.of(
                        "/etc/gemproxy root:gemproxy 750",
                        "/etc/gemproxy/audit-chain.key root:gemproxy 640",
                        "/etc/gemproxy/credentials root:root 700",
                        "/etc/gemproxy/proxy.yaml root:gemproxy 640",
                        "/var/lib/gemproxy gemproxy:gemproxy 750",
                        "/var/log/gemproxy gemproxy:gemproxy 750"),
                machine.does(
                                "stat -c '%n %U:%G %a' /etc/gemproxy /etc/gemproxy/audit-chain.key"
                                        + " /etc/gemproxy/credentials"
                                        + " /etc/gemproxy/proxy.yaml /var/lib/gemproxy"
                                        + " /var/log/gemproxy")
                        .lines()
                        .toList());
        assertEquals("enabled\n", machine.does("systemctl is-enabled gemproxy"));
        assertEquals("inactive\n", machine.sh("systemctl is-active gemproxy").out());
    }

    private static void servesOncePutTogether(InstalledMachine machine) throws Exception {
        machine.editor();
        List<String> commands = GUIDE.under("Debian and Ubuntu", 3);
        machine.does("set -e; " + commands.get(1));
        String answer = machine.does("set -e; " + commands.get(2));
        assertTrue(answer.contains("You said: hi"), answer);
        machine.serves();
    }

    private static void answersRootAndTheGroupAndNobodyElse(InstalledMachine machine)
            throws Exception {
        machine.does("useradd -G gemproxy member && useradd other");
        for (String command :
                List.of("validate", "status", "token issue --subject x", "audit tail -n 1")) {
            for (String user : List.of("root", "member")) {
                Outcome answered = machine.cli(user, command);
                assertEquals(0, answered.status(), user + ": " + command + answered.err());
            }
            Outcome refused = machine.cli("other", command);
            assertEquals(5, refused.status(), command + refused.out());
            String said = refused.out() + refused.err();
            assertTrue(said.contains("this user may not look there"), said);
            assertTrue(!said.contains("\tat "), said);
        }
        for (String user : List.of("root", "member")) {
            machine.does(
                    "cd / && runuser -u "
                            + user
                            + " -- timeout 15 gemproxy-cli audit tail -n 50 -f | grep -m 1 ApiCall");
        }
    }

    private static void keepsThePortOpenWithItsSocketUnit(InstalledMachine machine)
            throws Exception {
        machine.does(
                InstallGuide.of("systemd.md").under("Restarts that lose nobody", 1).getFirst());
        machine.serves();
        String holders = machine.does("ss -Hltnp 'sport = :443'");
        assertTrue(holders.contains("\"systemd\",pid=1,"), holders);
        assertEquals("", machine.does("journalctl -q -u gemproxy -g 'handed over' || true"));
        machine.does("systemctl disable --now gemproxy.socket && systemctl restart gemproxy");
    }

    private static void deploysAVersionThatServes(InstalledMachine machine) throws Exception {
        String before = machine.process();
        String said = machine.does("./deploy.sh --artifact gemproxy_0.2.0_amd64.deb");
        assertTrue(said.contains("the new program accepts /etc/gemproxy/proxy.yaml"), said);
        assertNotEquals(before, machine.process());
        assertEquals("999\n", version(machine));
        machine.serves();
        assertEquals("1\n", copies(machine), "copies of the program that nothing runs from");
    }

    private static void goesBackFromOneThatDoesNotServe(InstalledMachine machine) throws Exception {
        Outcome outcome = machine.sh("./deploy.sh --artifact mute.deb --timeout 2");
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(
                outcome.err().contains("the new server did not serve within 2 seconds"),
                outcome.err());
        assertTrue(outcome.err().contains("the old server serves again"), outcome.err());
        assertEquals("999\n", version(machine));
        machine.does("! grep -q GEMPROXY_ADMIN /usr/lib/gemproxy/bin/gemproxy");
        machine.serves();
    }

    private static void deploysNothingWhereTheConfigurationIsRefused(InstalledMachine machine)
            throws Exception {
        String before = machine.process();
        machine.spoil();
        Outcome outcome = machine.sh("./deploy.sh --artifact gemproxy_0.1.0_amd64.deb");
        assertEquals(4, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("surely_no_key"), outcome.err());
        assertEquals("999\n", version(machine));
        assertEquals(before, machine.process());
        machine.mend();
        machine.does("rm -r /var/backups/gemproxy");
    }

    private static void staysWithTheOldVersionWhereTheNewRefusesTheConfiguration(
            InstalledMachine machine) throws Exception {
        String before = machine.process();
        machine.spoil();
        String said = machine.does("dpkg -i gemproxy_0.1.0_amd64.deb");
        assertTrue(said.contains("surely_no_key"), said);
        assertTrue(said.contains("NOT RESTARTED"), said);
        assertEquals(before, machine.process());
        assertEquals(
                "",
                machine.sh("grep -F '(deleted)' /proc/" + before + "/maps | grep gemproxy").out());
        machine.mend();
        machine.serves();
        assertEquals(before, machine.process());
        machine.does("systemctl restart gemproxy");
        machine.serves();
        assertNotEquals(before, machine.process());
    }

    private static void keepsWhatIsNotTheProgramWhenRemoved(InstalledMachine machine)
            throws Exception {
        machine.does(GUIDE.under("Uninstall", 1).getFirst().lines().findFirst().orElseThrow());
        machine.does("test -f /etc/gemproxy/proxy.yaml && test -f /var/log/gemproxy/audit.log");
        machine.does("test ! -e /usr/lib/gemproxy && test ! -e /usr/bin/gemproxy && id gemproxy");
    }

    private static void installsAgain(InstalledMachine machine) throws Exception {
        machine.does("dpkg -i gemproxy_0.1.0_amd64.deb");
        machine.serves();
        assertEquals(0, machine.cli("root", "audit verify").status());
    }

    /** Tokens and records are those that it had. */
    private static void comesBackFromABackup(InstalledMachine machine) throws Exception {
        List<String> commands = GUIDE.under("Backups", 2);
        String said = machine.does("set -e; " + commands.getFirst());
        assertTrue(said.contains("intact"), said);
        machine.does("set -e; " + commands.get(1).replace("2026-11-21", "$(date +%F)"));
        machine.serves();
        assertEquals(0, machine.cli("root", "audit verify").status());
        assertEquals(
                "/etc/gemproxy/proxy.yaml root:gemproxy\n"
                        + "/var/lib/gemproxy/certs gemproxy:gemproxy\n",
                machine.does(
                        "stat -c '%n %U:%G' /etc/gemproxy/proxy.yaml /var/lib/gemproxy/certs"));
        machine.does("rm -r /etc/*/before-restore-* /srv/backups");
    }

    private static void keepsWhatTheAdministratorWroteWhenPurged(InstalledMachine machine)
            throws Exception {
        Files.writeString(machine.file("/etc/gemproxy/of-the-administrator.txt"), "mine");
        String said = machine.does("dpkg --purge gemproxy");
        assertTrue(said.contains("of-the-administrator.txt proxy.yaml"), said);
        assertEquals(
                List.of(
                        "/etc/gemproxy",
                        "/etc/gemproxy/of-the-administrator.txt",
                        "/etc/gemproxy/proxy.yaml"),
                machine.does(
                                "find /etc /usr /var /home /tmp -xdev -path '*gemproxy*'"
                                        + " -not -path '/var/log/journal/*' | sort")
                        .lines()
                        .toList());
        assertEquals("root:root 700\n", machine.does("stat -c '%U:%G %a' /etc/gemproxy"));
        assertEquals(1, machine.sh("id gemproxy").status());
        machine.does("rm -r /etc/gemproxy && dpkg -i gemproxy_0.2.0_amd64.deb");
        machine.does(
                GUIDE.under("Uninstall", 1).getFirst().lines().skip(1).findFirst().orElseThrow());
        machine.does("test ! -e /etc/gemproxy && test ! -e /var/lib/gemproxy");
    }

    private static String copies(InstalledMachine machine) throws Exception {
        return machine.does(
                "find /usr/lib/gemproxy/service -mindepth 1 -maxdepth 1 -type d | wc -l");
    }

    private static String version(InstalledMachine machine) throws Exception {
        return machine.does("dpkg-query -W -f '${Version}\\n' gemproxy");
    }

    /**
     * The same files under versions that come after: one with a line more in a launcher, and one
     * whose server answers where nobody asks it.
     */
    private void makeOthers(Path built) throws Exception {
        String script =
                """
                dpkg-deb -R "$0" next
                build() {
                    sed -i "s/^Version: .*/Version: $1/" next/DEBIAN/control
                    dpkg-deb --root-owner-group -Znone -b next "$2"
                }
                echo '# the next version' >>next/usr/lib/gemproxy/bin/gemproxy
                build 999 next.deb
                sed -i '1a export GEMPROXY_ADMIN_SOCKET=/run/gemproxy/mute.sock GEMPROXY_ADMIN_PORT=9191' \\
                    next/usr/lib/gemproxy/bin/gemproxy
                build 1000 mute.deb
                rm -r next
                """;
        Outcome outcome =
                Outcome.of(directory, PATH, List.of("sh", "-euc", script, built.toString()));
        assertEquals(0, outcome.status(), outcome.err());
    }
}
