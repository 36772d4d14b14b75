package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

/** Files that root can read and the service perhaps not, at upgrades under a real systemd. */
record FilesOfTheService(InstalledMachine machine) {
    private static final String UPGRADE = "dpkg -i gemproxy_0.1.0_amd64.deb";
    private static final String CLOSED =
            "/etc/gemproxy/tls/key.pem may not be read by this user: let a group of that user";
    private static final String DROP_IN = "/etc/systemd/system/gemproxy.service.d";

    /** A version is installed, accepted and serves. */
    void decideWhetherAnUpgradeRestarts() throws Exception {
        machine.does(
                "gemproxy-cli cert self-signed --host localhost --out /etc/gemproxy/tls"
                        + " && chmod 0755 /etc/gemproxy/tls && chmod 0600 /etc/gemproxy/tls/key.pem");
        machine.refer("/etc/gemproxy/tls");
        aKeyOfRootAlone();
        aKeyOfAGroupThatADropInAdds();
        aCredentialThatOnlyTheAdministratorHas();
        aDirectoryThatTheUnitHides();
        theBoxKnowsTheWayOut();
        assertEquals("", machine.does("ls /run /run/systemd/system | grep gemproxy-check || true"));
    }

    private void aKeyOfRootAlone() throws Exception {
        String said = staysWith(UPGRADE);
        assertTrue(said.contains(CLOSED), said);
        assertTrue(said.contains("which runs as the user gemproxy"), said);
        String before = machine.process();
        Outcome deployed = machine.sh("./deploy.sh --artifact gemproxy_0.2.0_amd64.deb");
        assertEquals(4, deployed.status(), deployed.err());
        assertTrue(deployed.err().contains(CLOSED), deployed.err());
        assertEquals(before, machine.process());
    }

    private void aKeyOfAGroupThatADropInAdds() throws Exception {
        machine.does(
                "groupadd ssl-cert && chgrp ssl-cert /etc/gemproxy/tls/key.pem"
                        + " && chmod 0640 /etc/gemproxy/tls/key.pem");
        String said = staysWith(InstalledMachine.RECONFIGURE);
        assertTrue(said.contains(CLOSED), said);
        machine.does(
                "mkdir -p "
                        + DROP_IN
                        + " && printf '[Service]\\nSupplementaryGroups=ssl-cert\\n' >"
                        + DROP_IN
                        + "/tls.conf");
        String before = machine.process();
        said = machine.does(UPGRADE);
        assertTrue(said.contains("the configuration is valid"), said);
        assertFalse(said.contains("NOT RESTARTED"), said);
        assertNotEquals(before, machine.process());
        machine.serves();
    }

    private void aCredentialThatOnlyTheAdministratorHas() throws Exception {
        machine.does("mkdir own && mv " + InstalledMachine.CREDENTIAL + " own/gemproxy_gemini");
        String said = staysWith("CREDENTIALS_DIRECTORY=/root/own " + InstalledMachine.RECONFIGURE);
        assertTrue(said.contains("gemini.api_keys[0].key_file: the file does not exist"), said);
        machine.does("rm -r own");
    }

    private void aDirectoryThatTheUnitHides() throws Exception {
        machine.does("cp -r /etc/gemproxy/tls /home/tls && chmod -R a+rX /home/tls");
        machine.refer("/home/tls");
        String said = staysWith(InstalledMachine.RECONFIGURE);
        assertTrue(said.contains("/home/tls/cert.pem cannot be reached by this user"), said);
        assertTrue(said.contains("nothing of /home, /root and the temporary files"), said);
        machine.does("rm -r /home/tls");
    }

    private void theBoxKnowsTheWayOut() throws Exception {
        machine.mend();
        machine.does("rm -r /etc/gemproxy/tls " + InstalledMachine.CREDENTIAL + " " + DROP_IN);
        String before = machine.process();
        machine.does(InstalledMachine.RECONFIGURE);
        assertNotEquals(before, machine.process());
        machine.serves();
    }

    /** What an upgrade says that leaves the server alone. */
    private String staysWith(String upgrade) throws IOException, InterruptedException {
        String before = machine.process();
        String said = machine.does(upgrade);
        assertTrue(said.contains("NOT RESTARTED"), said);
        assertTrue(said.contains("dpkg-reconfigure gemproxy"), said);
        assertEquals(before, machine.process());
        machine.serves();
        return said;
    }
}
