package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for the next start is named as such: in the documentation, and by a reload. */
class RestartPageTest {
    private static final Path PAGE = Path.of("../docs/reload.md");
    private static final String BEGIN = "<!-- from the table of settings: RestartPageTest -->\n";
    private static final String END = "<!-- end of the table -->";

    private static final String BASE =
            """
            server: {host: 127.0.0.1, tls: {enabled: false}}
            auth: {jwt_secret: %s}
            gemini: {api_keys: [{id: a, key: %s}]}
            """
                    .formatted(
                            Emissions.OF_THIS_RUN.secret(
                                    "a signing secret", "page-Zq8vN3xT5bW1rK7mJ4cH-signing"),
                            Emissions.OF_THIS_RUN.secret(
                                    "a pooled key", "AIzaSyPageKeyy7QpX2vLmN9sRtB4wYcD6fGhJk"));

    @TempDir private Path directory;

    private static List<String> waiting() {
        return Settings.all().stream().filter(Setting::restart).map(Setting::path).toList();
    }

    @Test
    void thePageNamesAllOfThem() throws IOException {
        Map<String, List<String>> bySection = new LinkedHashMap<>();
        for (String path : waiting()) {
            String section = path.substring(0, path.indexOf('.'));
            bySection.computeIfAbsent(section, _ -> new ArrayList<>()).add(path);
        }
        StringBuilder table = new StringBuilder("| section | settings |\n| --- | --- |\n");
        bySection.forEach((section, paths) ->
                table.append("| `")
                        .append(section)
                        .append("` | ")
                        .append(
                                String.join(
                                        ", ", paths.stream().map(it -> "`" + it + "`").toList()))
                        .append(" |\n"));
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        assertTrue(from >= BEGIN.length() && to >= from, "the page has lost its marks");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
        } else {
            assertEquals(table.toString(), page.substring(from, to));
        }
    }

    @Test
    void aReloadNamesEachThatChanged() throws IOException {
        SettingValues first = read(List.of()).values();
        Set<String> unproven = new TreeSet<>();
        for (String path : waiting()) {
            Setting setting = Settings.find(path).orElseThrow();
            SettingValues changed = read(List.of(path + "=" + another(setting))).values();
            if (changed.changedFrom(first).contains(path)) {
                assertTrue(changed.waitingFrom(first).contains(path), path);
            } else {
                unproven.add(path);
            }
        }
        assertTrue(
                unproven.size() * 4 < waiting().size(),
                () -> "too few are proven; not " + unproven);
    }

    @Test
    void aChangeIsJudgedByItsPathAlone() {
        assertTrue(SettingPlaces.waits("server.port"));
        assertFalse(SettingPlaces.waits("gemini.api_keys[primary].weight"));
        assertFalse(SettingPlaces.waits("server.prot"));
        for (String path : waiting()) {
            assertTrue(SettingPlaces.waits(path.replace("[]", "[of a name]")), path);
        }
    }

    private static String another(Setting setting) {
        String standard = setting.standard().orElse("");
        if (!standard.equals(setting.example())) {
            return setting.example();
        }
        if (standard.equals("true") || standard.equals("false")) {
            return standard.equals("true") ? "false" : "true";
        }
        return standard.matches("[0-9]+")
                ? Long.toString(Long.parseLong(standard) + 1)
                : standard + "x";
    }

    private ReadConfig read(List<String> sets) throws IOException {
        Files.writeString(Emissions.OF_THIS_RUN.given(directory.resolve("proxy.yaml")), BASE);
        return new ConfigLoader(() -> Instant.EPOCH)
                .read(
                        new ConfigRequest(
                                new ConfigSource.InFile(Path.of("proxy.yaml")),
                                sets,
                                Map.of(),
                                directory));
    }
}
