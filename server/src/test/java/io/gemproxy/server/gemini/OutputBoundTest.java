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
                "NATIVE | {\"contents\":[],\"generationConfig\":{\"maxOutputTokens\":200}} | 200 | 1",
                "NATIVE | {\"generation_config\":{\"max_output_tokens\":\"70\",\"candidate_count\":3}} | 210 | 3",
                "OPENAI | {\"max_tokens\":5,\"n\":2} | 10 | 2",
                "OPENAI | {\"max_tokens\":5,\"max_completion_tokens\":9} | 9 | 1",
                "NATIVE | {\"generationConfig\":{\"maxOutputTokens\":9,\"maxOutputTokens\":4}} | 9 | 1",
                "NATIVE | {\"generationConfig\":{\"maxOutputTokens\":9}, cut | 9 | 1",
                "NATIVE | {\"generationConfig\":{\"maxOutputTokens\":65536 | -1 | 1",
                "NATIVE | {\"generationConfig\":{\"candidateCount\":4}} | -1 | 4",
                "NATIVE | {\"generationConfig\":{\"a\":[{\"b\":{}}],\"maxOutputTokens\":7},\"x\":{\"maxOutputTokens\":8}} | 7 | 1",
                "NATIVE | {\"contents\":[{\"functionCall\":{\"args\":{\"maxOutputTokens\":1}}}]} | -1 | 1",
                "OPENAI | {\"contents\":[{\"text\":\"\\\"max_tokens\\\":1\"}]} | -1 | 1",
                "OPENAI | {\"messages\":[{\"content\":\"a\\\\\"}],\"n\":3,\"max_tokens\":2} | 6 | 3",
                "NATIVE | {\"generationConfig\":{\"maxOutputTokens\":-7,\"candidateCount\":0}} | -1 | 1",
                "NATIVE | {\"generationConfig\":{\"maxOutputTokens\":null}} | -1 | 1",
                "NATIVE | {\"generationConfig\":{\"maxOutputTokens\":0}} | -1 | 1",
                "NATIVE | {\"max_tokens\":1,\"maxOutputTokens\":1,\"n\":9} | -1 | 1",
                "OPENAI | {\"generationConfig\":{\"maxOutputTokens\":1},\"max_tokens\":900} | 900 | 1",
                "OPENAI | {\"generationConfig\":{\"maxOutputTokens\":1}} | -1 | 1",
                "NATIVE | {\"g\\u0065nerationConfig\":{\"max\\u004futputTokens\":30}} | 30 | 1",
                "NATIVE | {generationConfig:{'maxOutputTokens':'31' candidateCount:2}} | 62 | 2",
                "NATIVE | {\"generationConfig\":{\"maxOutputTokens\":6.5536e4}} | 65536 | 1",
                "OPENAI | {\"max_tokens\":99999999999999999999} | 1048576 | 1",
                "NATIVE | not JSON | -1 | 1",
                "NATIVE | [1] | -1 | 1",
            })
    void readsWhatTheBodyAsksFor(Dialect dialect, String body, long total, long candidates) {
        OutputBound bound = OutputBound.find(body.getBytes(StandardCharsets.UTF_8), dialect);
        assertEquals(total < 0 ? OptionalLong.empty() : OptionalLong.of(total), bound.total());
        assertEquals(candidates, bound.candidates());
    }
}
