package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputBoundTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{\"contents\":[],\"generationConfig\":{\"maxOutputTokens\":200}} | 200 | 1",
                "{\"generation_config\":{\"max_output_tokens\":\"70\",\"candidate_count\":3}} | 210 | 3",
                "{\"max_tokens\":5,\"n\":2} | 10 | 2",
                "{\"max_tokens\":5,\"max_completion_tokens\":9} | 9 | 1",
                "{\"generationConfig\":{\"maxOutputTokens\":9,\"maxOutputTokens\":4}} | 9 | 1",
                "{\"generationConfig\":{\"maxOutputTokens\":9}, cut | 9 | 1",
                "{\"generationConfig\":{\"candidateCount\":4}} | -1 | 4",
                "{\"contents\":[{\"functionCall\":{\"args\":{\"maxOutputTokens\":1}}}]} | -1 | 1",
                "{\"contents\":[{\"text\":\"\\\"max_tokens\\\":1\"}]} | -1 | 1",
                "{\"generationConfig\":{\"maxOutputTokens\":-7,\"candidateCount\":0}} | -1 | 1",
                "{\"max_tokens\":99999999999999999999} | 1048576 | 1",
                "not JSON | -1 | 1",
                "[1] | -1 | 1",
            })
    void readsWhatTheBodyAsksFor(String body, long total, long candidates) {
        OutputBound bound = OutputBound.find(body.getBytes(StandardCharsets.UTF_8));
        assertEquals(total < 0 ? OptionalLong.empty() : OptionalLong.of(total), bound.total());
        assertEquals(candidates, bound.candidates());
    }
}
