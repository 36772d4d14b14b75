package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of what the packages hold. */
final class BillOfMaterialsIT {
    private static final String NAME = "gemproxy.cdx.json";

    @TempDir private Path directory;

    @Test
    void listsEachLibraryThatIsShippedWithItsVersionAndNoOther() throws Exception {
        Path list = Installation.home().resolve(NAME);
        assumeTrue(Files.exists(list), "no packages were built: mvn verify -Ppackages");
        JsonNode root = new ObjectMapper().readTree(list.toFile());
        assertEquals("CycloneDX", root.path("bomFormat").asText());
        Set<String> listed = new TreeSet<>();
        for (JsonNode component : root.path("components")) {
            listed.add(component.path("name").asText() + "-" + component.path("version").asText());
        }
        Set<String> shipped = new TreeSet<>(Installation.libraries());
        assertEquals(shipped, listed);
        assertEquals(
                1, shipped.stream().filter(it -> it.matches("helidon-webserver-\\d.*")).count());
    }

    @Test
    void isInTheDebianPackage() throws Exception {
        var built = Installation.debianPackage();
        assumeTrue(built.isPresent(), "no .deb was built: mvn verify -Ppackages");
        Outcome unpacked =
                Outcome.of(
                        directory,
                        Map.of("PATH", "/usr/bin:/bin"),
                        List.of("dpkg-deb", "--extract", built.orElseThrow().toString(), "."));
        assertEquals(0, unpacked.status(), unpacked.err());
        assertArrayEquals(
                Files.readAllBytes(Installation.home().resolve(NAME)),
                Files.readAllBytes(directory.resolve("usr/share/doc/gemproxy").resolve(NAME)));
    }
}
