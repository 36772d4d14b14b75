package io.gemproxy.server.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.exchange.Budget;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.Limits;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.gemini.OperationGroup;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Turns the claims of a verified token into a client; every claim we know is type-checked. */
final class TokenClaims {
    private static final int MAX_NAME = 128;
    private static final int MAX_MODELS = 100;
    private static final String NAME_MARKS = " ._-@:+/=|~#()";
    private static final BigDecimal MAX_COST = BigDecimal.valueOf(1_000_000_000);
    private static final long MAX_COUNT = 1L << 53;

    /** Of a number like 1e-999999999 an exact sum would fill the memory. */
    private static final int MAX_SCALE = 20;

    private final ObjectNode claims;
    private final Authority authority;

    TokenClaims(ObjectNode claims, Authority authority) {
        this.claims = claims;
        this.authority = authority;
    }

    Client client() throws TokenRefusedException {
        if (!claims.has("sub")) {
            throw Refusal.TOKEN_CLAIM_MISSING.raise();
        }
        checkAudience();
        checkIssuer();
        return new Client(
                new ClientId(subject()),
                role(),
                text("jti"),
                new Entitlement(models(), operations(), limits()));
    }

    private Limits limits() throws TokenRefusedException {
        return new Limits(
                requestsPerMinute(),
                limit("tpm"),
                limit("rpd"),
                new Budget(limit("daily_tokens"), cost("daily_cost_usd")),
                Budget.NONE);
    }

    private OptionalLong limit(String claim) throws TokenRefusedException {
        long count = count(claim, MAX_COUNT);
        return count == 0 ? OptionalLong.empty() : OptionalLong.of(count);
    }

    private String subject() throws TokenRefusedException {
        String name = authority.subjectPrefix() + name(claims.path("sub"));
        if (name.length() > MAX_NAME) {
            throw invalid();
        }
        return name;
    }

    private Role role() throws TokenRefusedException {
        return switch (text("role").orElse("client")) {
            case "client" -> Role.CLIENT;
            case "admin" -> admin();
            default -> throw invalid();
        };
    }

    private Role admin() throws TokenRefusedException {
        if (!authority.mintsAdmins()) {
            throw Refusal.TOKEN_ROLE_REFUSED.raise();
        }
        return Role.ADMIN;
    }

    private OptionalInt requestsPerMinute() throws TokenRefusedException {
        long count = count("rpm", Integer.MAX_VALUE);
        return count == 0 ? OptionalInt.empty() : OptionalInt.of((int) count);
    }

    /** An empty list is refused: to us it would mean every model, to its author none. */
    private List<String> models() throws TokenRefusedException {
        if (!claims.has("models")) {
            return List.of();
        }
        return texts(claims.path("models"));
    }

    /** A word nobody here knows is refused: what its author forbade is not known either. */
    private Set<OperationGroup> operations() throws TokenRefusedException {
        if (!claims.has("operations")) {
            return Set.of();
        }
        Set<OperationGroup> groups = EnumSet.noneOf(OperationGroup.class);
        for (String word : texts(claims.path("operations"))) {
            Optional<OperationGroup> group = OperationGroup.of(word);
            if (group.isEmpty()) {
                throw invalid();
            }
            groups.add(group.get());
        }
        return Set.copyOf(groups);
    }

    /** A token for somebody else is not for us (RFC 7519 section 4.1.3). */
    private void checkAudience() throws TokenRefusedException {
        JsonNode audience = claims.path("aud");
        if (audience.isMissingNode()) {
            if (authority.audienceRequired()) {
                throw Refusal.TOKEN_AUDIENCE_REFUSED.raise();
            }
            return;
        }
        List<String> names = audience.isTextual() ? List.of(shortText(audience)) : texts(audience);
        if (!names.contains(authority.audience())) {
            throw Refusal.TOKEN_AUDIENCE_REFUSED.raise();
        }
    }

    /** That of an issuer's key is the key's own, or any other could speak for it. */
    private void checkIssuer() throws TokenRefusedException {
        Optional<String> issuer = text("iss");
        if (authority.issuer().isPresent() && !authority.issuer().equals(issuer)) {
            throw Refusal.TOKEN_ISSUER_REFUSED.raise();
        }
    }

    private static List<String> texts(JsonNode array) throws TokenRefusedException {
        if (!array.isArray() || array.isEmpty() || array.size() > MAX_MODELS) {
            throw invalid();
        }
        List<String> texts = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            texts.add(shortText(element));
        }
        return List.copyOf(texts);
    }

    private Optional<String> text(String claim) throws TokenRefusedException {
        return claims.has(claim) ? Optional.of(shortText(claims.path(claim))) : Optional.empty();
    }

    private static String shortText(JsonNode value) throws TokenRefusedException {
        if (!value.isTextual()) {
            throw invalid();
        }
        String text = value.textValue();
        boolean printable = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (text.isEmpty() || text.length() > MAX_NAME || !printable) {
            throw invalid();
        }
        return text;
    }

    /** Letters and digits of any script and some marks, for it is shown in tables and logs. */
    private static String name(JsonNode value) throws TokenRefusedException {
        String name = value.isTextual() ? value.textValue() : "";
        boolean sane =
                !name.isEmpty()
                        && name.length() <= MAX_NAME
                        && name.equals(name.strip())
                        && name.codePoints().allMatch(TokenClaims::isNameCharacter);
        if (!sane) {
            throw invalid();
        }
        return name;
    }

    private static boolean isNameCharacter(int c) {
        return Character.isLetterOrDigit(c) || NAME_MARKS.indexOf(c) >= 0;
    }

    /** A positive whole number, or 0 if the claim is absent. */
    private long count(String claim, long max) throws TokenRefusedException {
        JsonNode value = claims.path(claim);
        if (value.isMissingNode()) {
            return 0;
        }
        boolean sane =
                value.isIntegralNumber()
                        && value.canConvertToLong()
                        && value.longValue() >= 1
                        && value.longValue() <= max;
        if (!sane) {
            throw invalid();
        }
        return value.longValue();
    }

    private Optional<BigDecimal> cost(String claim) throws TokenRefusedException {
        JsonNode value = claims.path(claim);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        boolean sane =
                value.isNumber()
                        && value.decimalValue().scale() >= -MAX_SCALE
                        && value.decimalValue().scale() <= MAX_SCALE
                        && value.decimalValue().signum() >= 0
                        && value.decimalValue().compareTo(MAX_COST) <= 0;
        if (!sane) {
            throw invalid();
        }
        return Optional.of(value.decimalValue());
    }

    private static TokenRefusedException invalid() {
        return Refusal.TOKEN_CLAIM_INVALID.raise();
    }
}
