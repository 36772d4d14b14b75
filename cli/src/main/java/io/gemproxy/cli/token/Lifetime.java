package io.gemproxy.cli.token;

import io.gemproxy.server.authentication.TokenLifetime;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --ttl}. */
final class Lifetime implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return TokenLifetime.parse(text)
                .orElseThrow(() ->
                        new TypeConversionException(
                                "'"
                                        + text
                                        + "' is no time like 30d, 12h, 90m or 45s, up to"
                                        + " ten years"));
    }
}
