package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gemproxy.dist.nspawn.Machine;
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

    @TempDir private Path directory;

    @Test
    void fromTheInstallationToThePurge() throws Exception {
        var missing = Machine.missing();
        assumeTrue(missing.isEmpty(), () -> missing.orElseThrow());
        var built = Installation.debianPackage();
        assumeTrue(built.isPresent(), "no .deb was built: mvn verify -Ppackages");
        try (var machine = new InstalledMachine()) {
            machine.copyIn(built.orElseThrow(), "/root/one.deb");
            machine.copyIn(nextVersion(built.orElseThrow()), "/root/two.deb");
            installs(machine);
            servesOncePutTogether(machine);
            answersRootAndTheGroupAndNobodyElse(machine);
            restartsIntoAVersionThatTakesTheConfiguration(machine);
            staysWithTheOldVersionWhereTheNewRefusesTheConfiguration(machine);
            keepsWhatIsNotTheProgramWhenRemoved(machine);
            keepsWhatTheAdministratorWroteWhenPurged(machine);
        }
    }

    private static void installs(InstalledMachine machine) throws Exception {
        String said = machine.does("dpkg -i /root/one.deb");
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
        machine.configure();
        machine.does("systemctl start gemproxy");
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
        machine.does("timeout 15 gemproxy-cli audit tail -n 50 -f | grep -m 1 ApiCall");
    }

    private static void restartsIntoAVersionThatTakesTheConfiguration(InstalledMachine machine)
            throws Exception {
        String before = machine.process();
        machine.does("dpkg -i /root/two.deb");
        assertNotEquals(before, machine.process());
        machine.serves();
        assertEquals("1\n", copies(machine), "copies of the program that nothing runs from");
    }

    private static void staysWithTheOldVersionWhereTheNewRefusesTheConfiguration(
            InstalledMachine machine) throws Exception {
        String before = machine.process();
        machine.spoil();
        String said = machine.does("dpkg -i /root/one.deb");
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
        machine.does("dpkg --remove gemproxy");
        machine.does("test -f /etc/gemproxy/proxy.yaml && test -f /var/log/gemproxy/audit.log");
        machine.does("test ! -e /usr/lib/gemproxy && test ! -e /usr/bin/gemproxy && id gemproxy");
        machine.does("dpkg -i /root/one.deb");
        machine.serves();
        assertEquals(0, machine.cli("root", "audit verify").status());
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
        machine.does("rm -r /etc/gemproxy && dpkg -i /root/two.deb && dpkg --purge gemproxy");
        machine.does("test ! -e /etc/gemproxy && test ! -e /var/lib/gemproxy");
    }

    private static String copies(InstalledMachine machine) throws Exception {
        return machine.does(
                "find /usr/lib/gemproxy/service -mindepth 1 -maxdepth 1 -type d | wc -l");
    }

    /** The same files under a version that comes after. */
    private Path nextVersion(Path built) throws Exception {
        Path made = directory.resolve("next.deb");
        String script =
                "dpkg-deb -R \"$0\" next && sed -i 's/^Version: .*/Version: 999/' next/DEBIAN/control"
                        + " && dpkg-deb --root-owner-group -Znone -b next next.deb && rm -r next";
        Outcome outcome =
                Outcome.of(directory, PATH, List.of("sh", "-c", script, built.toString()));
        assertEquals(0, outcome.status(), outcome.err());
        return made;
    }
}
