package io.gemproxy.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelGlobsTest {
    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-flash, gemini-2.5-flash, true",
        "gemini-2.5-flash, gemini-2.5-flash-lite, false",
        "gemini-2.5-*, gemini-2.5-flash, true",
        "*flash*, gemini-2.5-flash-lite, true",
        "*, anything, true",
        "gemini-*-pro, gemini-2.5-flash, false",
        "a*b*c, aXbXbYc, true",
        "a*b*c, aXbXbY, false"
    })
    void starStandsForAnyCharacters(String glob, String model, boolean expected) {
        assertEquals(expected, ModelGlobs.matches(glob, model));
    }
}
