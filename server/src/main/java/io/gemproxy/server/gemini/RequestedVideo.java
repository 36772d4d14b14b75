package io.gemproxy.server.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads how much video a {@code :predictLongRunning} request asks for. */
public final class RequestedVideo {
    private static final long MOST_SECONDS = 3_600;
    private static final long MOST_VIDEOS = 100;

    /** What Google makes of a request that names no length. */
    private static final long USUAL_SECONDS = 8;

    private long seconds = USUAL_SECONDS;
    private long videos = 1;
    private String resolution = "";

    private RequestedVideo() {}

    /**
     * Reads {@code parameters}.
     *
     * @param body the body or a prefix of it; may be anything
     */
    public static GeneratedMedia find(byte[] body) {
        RequestedVideo wish = new RequestedVideo();
        JsonScan.scan(body, 0, body.length, wish::read);
        return new GeneratedMedia(0, wish.seconds * wish.videos, wish.resolution);
    }

    private void read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (JsonScan.nextField(json)) {
            boolean parameters = json.currentName().equals("parameters");
            if (json.nextToken() == JsonToken.START_OBJECT && parameters) {
                parameters(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void parameters(JsonParser json) throws IOException {
        while (JsonScan.nextField(json)) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "durationSeconds" ->
                        seconds = Math.clamp(json.getValueAsLong(USUAL_SECONDS), 1, MOST_SECONDS);
                case "sampleCount", "numberOfVideos" ->
                        videos = Math.clamp(json.getValueAsLong(1), 1, MOST_VIDEOS);
                case "resolution" -> resolution = json.getValueAsString("");
                default -> json.skipChildren();
            }
        }
    }
}
