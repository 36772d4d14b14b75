package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.fail;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.Gemproxy;
import io.gemproxy.server.Platform;
import io.gemproxy.server.ServedConfig;
import io.gemproxy.server.config.ConfigLoader;
import io.gemproxy.server.config.ConfigRequest;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.ReadConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** A server in this process, from the configuration that its working directory has. */
record ServerHere(Path directory, Map<String, String> environment) {
    /** Starts it with the time and the randomness that are given. */
    Gemproxy start(InstantSource clock, LongSupplier nanoTime, SecureRandom random)
            throws Exception {
        ConfigLoader loader = new ConfigLoader(clock);
        ConfigRequest request =
                new ConfigRequest(new ConfigSource.Search(), List.of(), environment, directory);
        ReadConfig read = loader.read(request);
        if (!(read.result() instanceof ConfigResult.LoadedConfig loaded)) {
            return fail(String.join("\n", ConfigText.lines(read.result().findings())));
        }
        PrintStream log =
                new PrintStream(
                        Emissions.OF_THIS_RUN.into("the log", new ByteArrayOutputStream()),
                        true,
                        StandardCharsets.UTF_8);
        return Gemproxy.start(
                ServedConfig.of(read, loaded, request, loader),
                new Platform(clock, nanoTime, random, environment, directory, log, log));
    }
}
