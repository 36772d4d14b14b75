package io.gemproxy.emissions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Makes each {@code @TempDir}, and has it searched. */
public final class SearchedTempDirs implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
            throws IOException {
        Path directory = Files.createTempDirectory("junit-");
        Emissions.OF_THIS_RUN.directory(directory);
        return directory;
    }
}
