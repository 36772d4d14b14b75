package io.gemproxy.cli.doctor;

import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.Severity;

/** Whether the server would start from the configuration. */
final class ConfigCheck {
    static final String NAME = "config";

    private ConfigCheck() {}

    static Diagnosis look(ConfigResult result) {
        String remedy = "gemproxy-cli validate " + result.source();
        long errors = count(result, Severity.ERROR);
        long warnings = count(result, Severity.WARNING);
        if (errors > 0) {
            return Diagnosis.failed(NAME, "is invalid: " + first(result), remedy);
        }
        int score = ConfigText.score(result.findings());
        String found = result.source() + " is valid, security score " + score + "/100";
        return warnings > 0
                ? Diagnosis.warning(NAME, found + ", with warnings", remedy)
                : Diagnosis.ok(NAME, found);
    }

    private static String first(ConfigResult result) {
        return result.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .findFirst()
                .map(ConfigCheck::text)
                .orElse("");
    }

    private static String text(Finding finding) {
        String key = finding.key().isEmpty() ? "" : finding.key() + ": ";
        return finding.place() + ": " + key + finding.what();
    }

    private static long count(ConfigResult result, Severity severity) {
        return result.findings().stream().filter(it -> it.severity() == severity).count();
    }
}
