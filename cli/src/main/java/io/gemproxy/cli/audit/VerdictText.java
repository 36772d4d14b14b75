package io.gemproxy.cli.audit;

import io.gemproxy.cli.output.Printer;
import io.gemproxy.server.audit.AuditVerification;
import io.gemproxy.server.audit.chain.ChainReport;
import io.gemproxy.server.audit.chain.Finding;
import java.util.ArrayList;
import java.util.List;

/** What {@code audit verify} tells people. */
final class VerdictText {
    private VerdictText() {}

    static List<String> lines(AuditVerification done) {
        ChainReport report = done.report();
        List<String> lines = new ArrayList<>();
        report.findings().forEach(finding -> lines.add(line(finding)));
        if (report.found() > report.findings().size()) {
            lines.add("and " + (report.found() - report.findings().size()) + " more");
        }
        report.torn()
                .ifPresent(torn ->
                        lines.add(line(torn) + ", as a crash or a running write leaves it"));
        if (report.lost() > 0) {
            lines.add("the log itself says that " + report.lost() + " records could not be kept");
        }
        lines.add(
                VerdictJson.verdict(report)
                        + ": "
                        + report.records()
                        + " records, "
                        + report.first()
                        + " to "
                        + report.last()
                        + ", in "
                        + done.files().size()
                        + (done.files().size() == 1 ? " file" : " files"));
        return lines;
    }

    private static String line(Finding finding) {
        return Printer.plain(finding.file() + ":" + finding.line() + ": " + finding.message());
    }
}
