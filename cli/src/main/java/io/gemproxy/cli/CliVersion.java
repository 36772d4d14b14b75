package io.gemproxy.cli;

import io.gemproxy.server.Version;
import picocli.CommandLine.IVersionProvider;

/** The version of this build; the server's, being of one build. */
final class CliVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"gemproxy-cli " + Version.number()};
    }
}
