package io.gemproxy.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One exchange of the corpus: a directory with the bytes of both sides. */
final class CorpusExchange {
    private final Path directory;

    private CorpusExchange(Path directory) {
        this.directory = directory;
    }

    /** The exchanges that are spoken one after the other to one server; mostly one. */
    static List<CorpusExchange> conversation(Path directory) {
        try (Stream<Path> parts = Files.list(directory)) {
            List<CorpusExchange> steps =
                    parts.filter(Files::isDirectory).sorted().map(CorpusExchange::new).toList();
            return steps.isEmpty() ? List.of(new CorpusExchange(directory)) : steps;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    String name() {
        return directory.getFileName().toString();
    }

    byte[] request(Map<String, String> values) throws IOException {
        return CorpusTemplate.fill(file("request.http"), values);
    }

    byte[] answer(Map<String, String> values) throws IOException {
        return CorpusTemplate.fill(file("answer.http"), values);
    }

    /** What the client must get where the contract has the proxy change the body. */
    Optional<byte[]> clientBody(Map<String, String> values) throws IOException {
        return Files.exists(directory.resolve("client-body"))
                ? Optional.of(CorpusTemplate.fill(file("client-body"), values))
                : Optional.empty();
    }

    /** The lines of {@code differences.txt}. */
    CorpusDifferences differences(Map<String, String> values) throws IOException {
        Path file = directory.resolve("differences.txt");
        return Files.exists(file)
                ? CorpusDifferences.of(CorpusTemplate.fill(Files.readAllBytes(file), values))
                : CorpusDifferences.NONE;
    }

    private byte[] file(String name) throws IOException {
        return Files.readAllBytes(directory.resolve(name));
    }
}
