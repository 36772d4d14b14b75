package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fields that {@code docs/cli} lists are those of the JSON that the commands of the transcripts
 * print. With {@code -Dgemproxy.transcripts=true} they are written anew instead.
 */
@Timeout(180)
final class JsonFieldsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OUTPUT = "output.json";

    /** Answers that the one morning of the transcripts has not; each is a golden of its command. */
    private static final Map<String, List<String>> MORE =
            Map.of(
                    "validate", List.of("validate.json"),
                    "config show", List.of("config-show.json"),
                    "config reload", List.of("reload.json", "reload-refused.json"),
                    "status", List.of("status.json"),
                    "keys list", List.of("keys-list.json"),
                    "keys show", List.of("keys-show.json"),
                    "keys test", List.of("admin-key-test.json"),
                    "usage", List.of("usage.json"),
                    "explain", List.of("explain-request.json"),
                    "audit tail", List.of("audit.log"));

    private final Map<String, JsonFields> seen = new LinkedHashMap<>();

    @TempDir private Path directory;

    @Test
    void theManualListsTheFieldsOfEachCommand() throws Exception {
        try (ManualPlayer player = new ManualPlayer(directory)) {
            for (Path page : Manual.pages()) {
                Manual.replayed(
                        Manual.text(page), (section, command) -> play(player, section, command));
            }
        }
        assertEquals(CommandTree.leaves(), List.copyOf(seen.keySet()));
        for (var more : MORE.entrySet()) {
            for (String golden : more.getValue()) {
                see(more.getKey(), values(CliRun.golden(golden)));
            }
        }
        // what is empty or null on that morning, in the types of the admin API's description
        JSON.readTree(CliRun.golden("fields.json"))
                .properties()
                .forEach(it -> see(it.getKey(), List.of(it.getValue())));
        Map<String, List<String>> fields = new LinkedHashMap<>();
        seen.forEach((section, its) -> fields.put(section, its.lines()));
        for (Path page : Manual.pages()) {
            String listed = Manual.withFields(Manual.text(page), fields);
            if (Boolean.getBoolean("gemproxy.transcripts")) {
                Files.writeString(page, listed);
            }
            assertEquals(
                    listed,
                    Manual.text(page),
                    "make transcripts writes docs/cli as the commands are now");
        }
        fields.forEach((section, its) ->
                assertTrue(
                        its.stream().noneMatch(String::isBlank) && !its.isEmpty(),
                        () -> "no field of " + section + " is known"));
    }

    /** What prints for people into a file does so too; then it prints JSON. */
    private List<String> play(ManualPlayer player, String section, String command)
            throws Exception {
        boolean isOfSection = command.startsWith("gemproxy-cli " + section);
        if (!isOfSection || command.contains(" > ")) {
            player.play(section, command);
        }
        if (isOfSection) {
            String plain = command.replaceFirst(" \\| head .*", "").replaceFirst(" > \\S+", "");
            player.play(section, plain + " -o json > " + OUTPUT);
            Path output = player.place(section).resolve(OUTPUT);
            see(section, values(Files.readString(output)));
        }
        return List.of();
    }

    private void see(String section, List<JsonNode> values) {
        JsonFields fields = seen.computeIfAbsent(section, _ -> new JsonFields());
        values.forEach(fields::see);
    }

    /** One value, or a line for each; a line that is cut off is none. */
    private static List<JsonNode> values(String text) throws IOException {
        String whole =
                text.startsWith("{\n")
                        ? text
                        : text.lines()
                                .filter(line -> line.endsWith("}"))
                                .collect(Collectors.joining("\n"));
        try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(whole)) {
            return values.readAll();
        }
    }
}
