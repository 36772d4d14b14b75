package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of Prometheus, and what monitor.sh reports, against a server that runs. */
final class MeasuredIT {
    private static final Path MONITORING = Installation.checkout().resolve("monitoring");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A selector, with what stands in its braces. */
    private static final Pattern SELECTOR =
            Pattern.compile("\\b(gemini_proxy_\\w+)(?:\\{([^}]*)\\})?");

    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|on|without|ignoring) *\\(([^)]*)\\)");
    private static final Pattern MATCHER = Pattern.compile("(\\w+) *(?:=~|!~|!=|=)");
    private static final Pattern WORD = Pattern.compile("(\\w+)");
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^(gemini_proxy_\\w+)(?:\\{([^}]*)\\})? ");

    /** Given by Prometheus, by a histogram, or by Grafana's variables. */
    private static final Set<String> ADDED = Set.of("job", "instance", "le");

    @TempDir private static Path directory;
    private static Household household;
    private static RunningProxy simulator;
    private static RunningProxy server;

    @BeforeAll
    static void serveEachKindOfRequestOnce() throws Exception {
        simulator = Household.simulator(directory);
        household = new Household(directory);
        household.furnish(simulator);
        server = RunningProxy.server(directory);
        String token = household.ask("token", "issue", "--subject", "one", "--rpm", "1").strip();
        try (HttpClient client = household.client()) {
            assertEquals(200, Household.call(client, server, token));
            assertEquals(429, Household.call(client, server, token));
            assertEquals(401, Household.call(client, server, "no-token"));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        simulator.close();
    }

    @Test
    void eachMetricAndLabelOfTheRulesIsThere() throws Exception {
        String rules =
                Files.readString(MONITORING.resolve("alert_rules.yml"))
                        .replaceAll("(?m)^ *#.*", "")
                        .replaceAll("(?m)^ +(description|summary|runbook):.*", "");
        assertMeasured(List.of(rules), 10);
    }

    @Test
    void eachMetricAndLabelOfTheDashboardIsThere() throws Exception {
        JsonNode dashboard =
                JSON.readTree(MONITORING.resolve("grafana/dashboards/gemproxy.json").toFile());
        List<String> queries = new ArrayList<>();
        dashboard.findValues("expr").forEach(query -> queries.add(query.asText()));
        assertMeasured(queries, 20);
        Map<String, Set<String>> measured = measured();
        Matcher legends = Pattern.compile("\\{\\{(\\w+)}}").matcher(dashboard.toString());
        Set<String> labels = new TreeSet<>();
        measured.values().forEach(labels::addAll);
        labels.addAll(ADDED);
        while (legends.find()) {
            assertTrue(labels.contains(legends.group(1)), legends.group());
        }
    }

    private static void assertMeasured(List<String> queries, int least) throws Exception {
        Map<String, Set<String>> measured = measured();
        Set<String> unknown = new TreeSet<>();
        Set<String> found = new TreeSet<>();
        for (String query : queries) {
            Set<String> labels = new TreeSet<>(ADDED);
            Matcher selector = SELECTOR.matcher(query);
            while (selector.find()) {
                Set<String> known = measured.get(selector.group(1));
                if (known == null) {
                    unknown.add(selector.group(1));
                    continue;
                }
                found.add(selector.group(1));
                labels.addAll(known);
                if (selector.group(2) != null) {
                    wanted(MATCHER, selector.group(2)).stream()
                            .filter(label -> !known.contains(label) && !ADDED.contains(label))
                            .forEach(label -> unknown.add(selector.group(1) + "{" + label + "}"));
                }
            }
            Matcher grouping = GROUPING.matcher(query);
            while (grouping.find()) {
                wanted(WORD, grouping.group(1)).stream()
                        .filter(label -> !labels.contains(label))
                        .forEach(label -> unknown.add(query + " by " + label));
            }
        }
        assertEquals(Set.of(), unknown);
        assertTrue(found.size() > least, "only " + found);
    }

    /** The labels of each metric of {@code /metrics}. */
    private static Map<String, Set<String>> measured() throws Exception {
        Map<String, Set<String>> measured = new HashMap<>();
        Matcher sample = SAMPLE.matcher(Household.admin(server, "/metrics"));
        while (sample.find()) {
            Set<String> labels = measured.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
            if (sample.group(2) != null) {
                labels.addAll(wanted(MATCHER, sample.group(2)));
            }
        }
        assertTrue(measured.size() > 20, measured.keySet().toString());
        return measured;
    }

    private static Set<String> wanted(Pattern pattern, String text) {
        Set<String> words = new TreeSet<>();
        pattern.matcher(text).results().forEach(found -> words.add(found.group(1)));
        return words;
    }

    @Test
    void theReportOfMonitorIsThatOfPerformance() throws Exception {
        Outcome report = household.script("monitor.sh", "report", "--cli", cli(), "-o", "json");
        assertEquals(0, report.status(), report.err());
        assertEquals(
                still(JSON.readTree(Household.admin(server, "/performance"))),
                still(JSON.readTree(report.out())));
        assertTrue(
                JSON.readTree(report.out()).path("windows").path(0).path("requests").asInt() > 0);

        Outcome text = household.script("monitor.sh", "report", "--cli", cli());
        assertEquals(0, text.status(), text.err());
        for (String part :
                List.of("since_start +duration +3 ", "second +Healthy", "CLIENT_RATE_LIMIT")) {
            assertTrue(Pattern.compile(part).matcher(text.out()).find(), part + text.out());
        }
    }

    @Test
    void monitorHasTheExitCodesOfTheCommandLine() throws Exception {
        Outcome status = household.script("monitor.sh", "status", "--cli", cli());
        assertEquals(0, status.status(), status.err());
        assertTrue(status.out().contains("serving"), status.out());
        assertTrue(status.out().contains("second"), status.out());
        Outcome watched = household.script("monitor.sh", "watch", "--cli", cli(), "--count", "1");
        assertEquals(0, watched.status(), watched.err());
        assertTrue(watched.out().contains("since_start"), watched.out());
        Outcome metrics = household.script("monitor.sh", "metrics", "uptime", "--cli", cli());
        assertTrue(metrics.out().contains("gemini_proxy_uptime_seconds"), metrics.out());
        String socket = "unix:" + directory.resolve("admin.sock");
        assertEquals(
                0,
                household
                        .script("monitor.sh", "status", "--cli", cli(), "--server", socket)
                        .status());
        String nobody = "http://127.0.0.1:" + unusedPort();
        assertEquals(
                3,
                household
                        .script("monitor.sh", "report", "--cli", cli(), "--server", nobody)
                        .status());
        assertEquals(2, household.script("monitor.sh", "rport").status());
        assertEquals(2, household.script("monitor.sh", "watch", "--interval", "0").status());
    }

    /** A port on which nobody listens. */
    private static int unusedPort() throws Exception {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static String cli() {
        return Installation.program("gemproxy-cli").toString();
    }

    /** Without what moves by itself from one moment to the next. */
    private static JsonNode still(JsonNode performance) {
        ObjectNode still = performance.deepCopy();
        still.remove(List.of("process", "uptime_seconds", "connections", "streams"));
        still.path("windows")
                .forEach(it -> {
                    ((ObjectNode) it).remove(List.of("covered_seconds", "requests_per_second"));
                });
        return still;
    }
}
