package io.gemproxy.server.audit;

import java.util.Set;

/** Names of the fields of a record that each kind has (contract of the audit log). */
final class AuditFields {
    static final Set<String> COMMON =
            Set.of(
                    "timestamp",
                    "seq",
                    "event_type",
                    "request_id",
                    "client_request_id",
                    "source_ip",
                    "user_agent",
                    "actor",
                    "action",
                    "result",
                    "duration_ms",
                    "prev",
                    "hash");

    private AuditFields() {}
}
