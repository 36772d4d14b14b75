package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelListTest {
    @Test
    void namesTheModelsThatGenerate() {
        String body =
                """
                {"models":[
                  {"name":"models/embedder","supportedGenerationMethods":["embedContent"]},
                  {"name":"models/flash","displayName":"F","x":{"y":[1,{"name":"no"}]},
                   "supportedGenerationMethods":["countTokens","generateContent"]},
                  {"supportedGenerationMethods":["generateContent"],"name":"models/pro"},
                  {"name":"models/plain"}],
                 "nextPageToken":"t"}
                """;

        assertEquals(
                List.of(new ModelName("flash"), new ModelName("pro")),
                ModelList.thatGenerate(body));
    }

    @Test
    void whatIsNoListNamesNothing() {
        for (String odd :
                new String[] {
                    "",
                    "<html>",
                    "[]",
                    "{\"models\":{}}",
                    "{\"models\":[1]}",
                    "{\"models\":[{\"name\":7,\"supportedGenerationMethods\":[\"generateContent\"]}]}",
                    "{\"models\":[{\"name\":\"models/a b\",\"supportedGenerationMethods\":[\"generateContent\"]}]}"
                }) {
            assertEquals(List.of(), ModelList.thatGenerate(odd), odd);
        }
    }

    @Test
    void whatWasReadBeforeACutStands() {
        String whole =
                "{\"models\":[{\"name\":\"models/a\",\"supportedGenerationMethods\":[\"generateContent\"]},{\"na";

        assertEquals(List.of(new ModelName("a")), ModelList.thatGenerate(whole));
    }
}
