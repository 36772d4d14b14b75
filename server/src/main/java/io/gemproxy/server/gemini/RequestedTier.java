package io.gemproxy.server.gemini;

import java.util.Optional;

/** Finds the service tier that a request asks for at the top of its body. */
public final class RequestedTier {
    private Optional<ServiceTier> tier = Optional.empty();

    private RequestedTier() {}

    /**
     * Reads {@code serviceTier} or {@code service_tier}.
     *
     * @param body the body or a prefix of it; may be anything
     */
    public static Optional<ServiceTier> find(byte[] body) {
        RequestedTier search = new RequestedTier();
        MemberScanner.scan(body, _ -> false, search::read);
        return search.tier;
    }

    private void read(String parent, String name, String value) {
        if (isName(name)) {
            tier = ServiceTier.of(value);
        }
    }

    static boolean isName(String member) {
        return member.equals("serviceTier") || member.equals("service_tier");
    }
}
