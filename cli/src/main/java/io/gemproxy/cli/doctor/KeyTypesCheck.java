package io.gemproxy.cli.doctor;

import io.gemproxy.server.exchange.KeyType;
import io.gemproxy.server.keys.KeyConfig;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the pooled keys are of a kind that Google takes, as far as their form tells. */
final class KeyTypesCheck implements Check {
    @Override
    public String name() {
        return "key types";
    }

    @Override
    public Diagnosis look(Patient patient) {
        List<KeyConfig> keys = patient.config().keys().keys();
        String tokens = named(keys, KeyType.ACCESS_TOKEN);
        String standard = named(keys, KeyType.STANDARD);
        if (keys.isEmpty()) {
            return Diagnosis.skipped(
                    name(), "no key is here; the server may have some in its own environment");
        }
        if (!tokens.isEmpty()) {
            return Diagnosis.failed(
                    name(),
                    tokens + ": an OAuth access token, which is no API key and ends within hours",
                    "put a key of https://aistudio.google.com/apikey in its place");
        }
        return standard.isEmpty()
                ? Diagnosis.ok(name(), "none of an old type")
                : Diagnosis.warning(
                        name(),
                        standard + ": a standard key, which Google refuses if it is unrestricted",
                        "make a new key (AQ.…) at https://aistudio.google.com/apikey; gemproxy-cli"
                                + " keys test KEY-ID says whether Google takes the old one");
    }

    private static String named(List<KeyConfig> keys, KeyType type) {
        return keys.stream()
                .filter(key -> key.key().keyType() == type)
                .map(key -> key.id().value())
                .collect(Collectors.joining(", "));
    }
}
