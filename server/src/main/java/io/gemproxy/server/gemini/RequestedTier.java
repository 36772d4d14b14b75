package io.gemproxy.server.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Finds the service tier that a request asks for at the top of its body. */
public final class RequestedTier {
    private static final byte[] MARK = {'e', 'r', 'v', 'i', 'c', 'e'};

    private Optional<ServiceTier> tier = Optional.empty();

    private RequestedTier() {}

    /**
     * Reads {@code serviceTier} or {@code service_tier}.
     *
     * @param body the body or a prefix of it; may be anything
     */
    public static Optional<ServiceTier> find(byte[] body) {
        if (!holdsMark(body)) {
            return Optional.empty();
        }
        RequestedTier search = new RequestedTier();
        JsonScan.scan(body, 0, body.length, search::read);
        return search.tier;
    }

    /**
     * Most requests name none, and this is cheaper than reading them: Horspool's search, which does
     * not look at most of the bytes.
     */
    private static boolean holdsMark(byte[] body) {
        int last = MARK.length - 1;
        int at = last;
        while (at < body.length) {
            switch (body[at]) {
                case 'e' -> {
                    if (Arrays.equals(body, at - last, at + 1, MARK, 0, MARK.length)) {
                        return true;
                    }
                    at += last;
                }
                case 'c' -> at += 1;
                case 'i' -> at += 2;
                case 'v' -> at += 3;
                case 'r' -> at += 4;
                default -> at += MARK.length;
            }
        }
        return false;
    }

    private void read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (JsonScan.nextField(json)) {
            String field = json.currentName();
            boolean named = field.equals("serviceTier") || field.equals("service_tier");
            if (json.nextToken() == JsonToken.VALUE_STRING && named) {
                tier = ServiceTier.of(json.getText());
            }
            json.skipChildren();
        }
    }
}
