package io.gemproxy.cli.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.audit.AuditVerification;
import io.gemproxy.server.audit.chain.ChainReport;
import io.gemproxy.server.audit.chain.Finding;
import java.util.Locale;

/** What {@code audit verify --output json} prints; the names are a contract. */
final class VerdictJson {
    private VerdictJson() {}

    static ObjectNode of(AuditVerification done) {
        ChainReport report = done.report();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("verdict", verdict(report));
        json.put("records", report.records());
        json.put("first_seq", report.first());
        json.put("last_seq", report.last());
        json.put("lost", report.lost());
        ArrayNode files = json.putArray("files");
        done.files().forEach(file -> files.add(file.toString()));
        json.putNull("torn");
        report.torn().ifPresent(torn -> json.replace("torn", place(torn)));
        json.put("findings_total", report.found());
        ArrayNode findings = json.putArray("findings");
        report.findings().forEach(finding -> findings.add(place(finding)));
        return json;
    }

    /** {@code intact}, {@code torn} or {@code broken}. */
    static String verdict(ChainReport report) {
        return report.holds() ? report.torn().isPresent() ? "torn" : "intact" : "broken";
    }

    private static ObjectNode place(Finding finding) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                .put("file", finding.file())
                .put("line", finding.line())
                .put("message", finding.message());
    }
}
