package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules and dashboard, judged by promtool and against each other. */
final class MonitoringIT {
    private static final Path MONITORING = Installation.checkout().resolve("monitoring");
    private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");
    private static final Pattern RUNBOOK = Pattern.compile("(?m)^ +runbook: (\\S+)#(\\S+)$");

    @Test
    void promtoolTakesThemAndTheTestsOfTheRulesPass() throws Exception {
        assumeTrue(
                Stream.of("/usr/local/bin", "/usr/bin")
                        .anyMatch(it -> Files.isExecutable(Path.of(it, "promtool"))),
                "promtool is not installed");
        Outcome outcome =
                Outcome.of(
                        Installation.checkout(),
                        RunningProxy.environment(),
                        List.of("scripts/verify-monitoring.sh"));
        assertEquals(0, outcome.status(), outcome.out() + outcome.err());
    }

    @Test
    void eachAlertHasATestThatItFiresAndOneThatItDoesNot() throws Exception {
        Set<String> alerts = alerts();
        Set<String> tested = new TreeSet<>();
        try (var files = Files.list(MONITORING.resolve("tests"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                String alert = text.substring(2, text.indexOf(':'));
                assertTrue(text.contains("alertname: " + alert), file.toString());
                assertTrue(text.contains("- exp_labels:"), alert + " never fires");
                assertTrue(text.contains("exp_alerts: []"), alert + " is never silent");
                tested.add(alert);
            }
        }
        assertEquals(alerts, tested);
    }

    @Test
    void eachAlertHasAChapterOfTheRunbook() throws Exception {
        String rules = rules();
        Set<String> chapters = new TreeSet<>();
        for (var found : RUNBOOK.matcher(rules).results().toList()) {
            String page =
                    Files.readString(Installation.checkout().resolve(found.group(1)))
                            .toLowerCase(Locale.ROOT);
            assertTrue(page.contains("\n### " + found.group(2) + "\n"), found.group());
            chapters.add(found.group(2));
        }
        Set<String> alerts = new TreeSet<>();
        alerts().forEach(alert -> alerts.add(alert.toLowerCase(Locale.ROOT)));
        assertEquals(alerts, chapters);
    }

    @Test
    void theDashboardIsWhole() throws Exception {
        JsonNode dashboard =
                new ObjectMapper()
                        .readTree(MONITORING.resolve("grafana/dashboards/gemproxy.json").toFile());
        String datasource =
                Files.readString(
                        MONITORING.resolve("grafana/provisioning/datasources/prometheus.yml"));
        Set<Integer> ids = new HashSet<>();
        int queries = 0;
        for (JsonNode panel : dashboard.path("panels")) {
            assertTrue(ids.add(panel.path("id").asInt()), "two panels have one id: " + panel);
            for (JsonNode target : panel.path("targets")) {
                queries++;
                String uid = target.path("datasource").path("uid").asText();
                assertTrue(datasource.contains("uid: " + uid + "\n"), uid);
            }
        }
        assertTrue(queries > 30, "only " + queries + " queries");
    }

    private static String rules() throws IOException {
        return Files.readString(MONITORING.resolve("alert_rules.yml"));
    }

    private static Set<String> alerts() throws IOException {
        Set<String> alerts = new TreeSet<>();
        ALERT.matcher(rules()).results().forEach(found -> alerts.add(found.group(1)));
        assertTrue(alerts.size() > 10, alerts.toString());
        return alerts;
    }
}
