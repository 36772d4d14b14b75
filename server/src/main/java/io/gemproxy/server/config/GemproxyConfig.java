package io.gemproxy.server.config;

import io.gemproxy.server.admin.AdminConfig;
import io.gemproxy.server.audit.AuditConfig;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.ClientConfig;
import io.gemproxy.server.authentication.IssuingConfig;
import io.gemproxy.server.authentication.sessions.SessionConfig;
import io.gemproxy.server.keys.KeysConfig;
import io.gemproxy.server.keys.affinity.AffinityConfig;
import io.gemproxy.server.keys.cache.CacheAffinityConfig;
import io.gemproxy.server.listener.ServerConfig;
import io.gemproxy.server.listener.certificates.TlsConfig;
import io.gemproxy.server.listener.certificates.acme.AcmeConfig;
import io.gemproxy.server.logging.LoggingConfig;
import io.gemproxy.server.metrics.MetricsConfig;
import io.gemproxy.server.ratelimit.RateLimitConfig;
import io.gemproxy.server.telemetry.TelemetryConfig;
import io.gemproxy.server.upstream.UpstreamConfig;
import io.gemproxy.server.usage.UsageConfig;
import java.util.List;

/**
 * The whole configuration, made of the rooms' own records.
 *
 * @param server the proxy port
 * @param acme certificates that are ordered
 * @param upstream how Google is reached
 * @param keys the pool
 * @param affinity resources and their projects
 * @param cacheAffinity requests that share a cached prompt
 * @param authentication client tokens
 * @param clients declared clients
 * @param issuing how tokens are issued and signed
 * @param rateLimit limits on clients
 * @param usage what tokens cost
 * @param admin the admin port
 * @param adminTls its certificate
 * @param sessions logins to it
 * @param metrics what is measured
 * @param telemetry what a collector is told
 * @param logging the application log
 * @param audit the audit log
 * @param state what survives a restart
 * @param reload how a changed configuration is noticed
 */
public record GemproxyConfig(
        ServerConfig server,
        AcmeConfig acme,
        UpstreamConfig upstream,
        KeysConfig keys,
        AffinityConfig affinity,
        CacheAffinityConfig cacheAffinity,
        AuthenticationConfig authentication,
        List<ClientConfig> clients,
        IssuingConfig issuing,
        RateLimitConfig rateLimit,
        UsageConfig usage,
        AdminConfig admin,
        TlsConfig adminTls,
        SessionConfig sessions,
        MetricsConfig metrics,
        TelemetryConfig telemetry,
        LoggingConfig logging,
        AuditConfig audit,
        StateConfig state,
        ReloadConfig reload) {}
