package io.gemproxy.cli.doctor;

import io.gemproxy.cli.installation.LocalConfig;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.Purpose;
import io.gemproxy.server.config.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the server would start from the configuration. */
final class ConfigCheck {
    static final String NAME = "config";

    private ConfigCheck() {}

    static Diagnosis look(ConfigResult result) {
        String remedy = "gemproxy-cli validate " + result.source();
        List<Finding> errors = LocalConfig.errors(result, Purpose.SERVE);
        if (!errors.isEmpty()) {
            return errors.stream().allMatch(Finding::isCredentialOfService)
                    ? unjudged(errors, remedy)
                    : Diagnosis.failed(NAME, "is invalid: " + text(errors.getFirst()), remedy);
        }
        long warnings = count(result, Severity.WARNING);
        int score = ConfigText.score(result.findings());
        String found = result.source() + " is valid, security score " + score + "/100";
        return warnings > 0
                ? Diagnosis.warning(NAME, found + ", with warnings", remedy)
                : Diagnosis.ok(NAME, found);
    }

    /** The service has what this process has not, so nothing is known to be wrong. */
    private static Diagnosis unjudged(List<Finding> errors, String remedy) {
        return Diagnosis.warning(
                NAME,
                errors.stream().map(Finding::key).distinct().collect(Collectors.joining(", "))
                        + ": only the service has these credentials, so they are not judged",
                "as root, while it runs: CREDENTIALS_DIRECTORY=/run/credentials/gemproxy.service "
                        + remedy);
    }

    private static String text(Finding finding) {
        String key = finding.key().isEmpty() ? "" : finding.key() + ": ";
        return finding.place() + ": " + key + finding.what();
    }

    private static long count(ConfigResult result, Severity severity) {
        return result.findings().stream().filter(it -> it.severity() == severity).count();
    }
}
