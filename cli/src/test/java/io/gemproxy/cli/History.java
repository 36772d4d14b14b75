package io.gemproxy.cli;

import io.gemproxy.emissions.Emissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** What happened in a household before anybody read the manual. */
final class History {
    private static final String FLASH = "gemini-2.5-flash";

    private static final Pattern VERSION = Pattern.compile("\\b[0-9a-f]{16}\\b");

    private History() {}

    /** Ends at ten o'clock. */
    static void happen(Household household, Path empty) throws Exception {
        files(household.directory, empty);
        Shell shell = household.shell();
        household.standIns.show(version(shell), "60303ae22b998861");
        household.google().script("key leaked: always 403 leaked");
        shell.run("gemproxy-cli token issue --subject old --ttl 45s > old.jwt");
        household.pass(Duration.ofMinutes(90));
        shell.run("gemproxy-cli keys test leaked");
        household.pass(Duration.ofMinutes(90));
        shell.run("gemproxy-cli keys disable team-b");
        household.pass(Duration.ofMinutes(29).plusSeconds(30));
        traffic(household, shell);
        household.pass(Duration.ofSeconds(20));
    }

    /** Of the configuration the server began with. */
    private static String version(Shell shell) throws Exception {
        String history = String.join("\n", shell.run("gemproxy-cli config history"));
        return VERSION.matcher(history).results().findFirst().orElseThrow().group();
    }

    private static void traffic(Household household, Shell shell) throws Exception {
        shell.run("gemproxy-cli token issue --subject ci --daily-tokens 200000 > ci.jwt");
        shell.run("gemproxy-cli token issue --subject shop --daily-cost 5 > shop.jwt");
        shell.run("gemproxy-cli token issue --subject ci > leaked.jwt");
        String ci = Files.readString(household.directory.resolve("ci.jwt")).strip();
        String shop = Files.readString(household.directory.resolve("shop.jwt")).strip();
        try (Traffic traffic = new Traffic(household)) {
            traffic.request(ci, FLASH, 612);
            traffic.request(shop, "gemini-2.5-pro", 1840);
            traffic.request(ci, FLASH, 587);
            household.standIns.show(
                    traffic.request(ci, "gemini-9-none", 41), "01JD8A6B2C4D6E8F0G1H3J5K7M");
            household.google().script("model gemini-2.5-flash: next 1 500");
            household.standIns.show(
                    traffic.request(ci, FLASH, 450, 690), "01JD8A5Z7Q3M4X9T2V6B8N0PKR");
            household.standIns.show(traffic.login(), "Yb0xw1bH3kq9LzRt");
        }
        household.google().script("key spare: always 429 perday");
        shell.run("gemproxy-cli keys test spare");
    }

    private static void files(Path directory, Path empty) throws Exception {
        Files.writeString(
                directory.resolve("config/broken.yaml"),
                """
                server:
                  prot: 8443
                  tls: {enabled: maybe}
                auth:
                  rate_limit_per_minute: 60
                """);
        Files.createDirectories(empty);
        Files.writeString(
                Emissions.OF_THIS_RUN.given(empty.resolve(".env")),
                """
                API_KEYS=["AQ.Ab8RN6KkqzXvT1mP0wYc4LhJ7sD2fG9e","AQ.Bc9SO7LlrAYwU2nQ1xZd5MiK8tE3gH0f"]
                ALLOWED_TOKENS=["sk-123456"]
                MAX_FAILURES=3
                """);
    }
}
