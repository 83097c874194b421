package org.crmgateway.backup;

import java.util.List;

/**
 * What is moved between databases: every table with every column, in an order in which no row refers to a later table. The
 * form has a version of its own; a migration that changes a table changes it too ({@code PortableFormTest} says so).
 */
final class PortableForm {
    static final String ORDERS = "sales_order";

    /** In which an order has its document. */
    static final String CONTENT = "content";

    static final List<TableForm> TABLES = List.of(
            TableForm.of("partner_revision", "id INTEGER", "revision LONG").ofOneRow(),
            TableForm.of(
                    "partner",
                    "name TEXT",
                    "tenant TEXT",
                    "state TEXT",
                    "version INTEGER",
                    "settings TEXT",
                    "changed_at TIME"),
            TableForm.of(
                    "partner_certificate",
                    "fingerprint TEXT",
                    "tenant TEXT",
                    "partner TEXT",
                    "place INTEGER",
                    "certificate BYTES"),
            TableForm.of("partner_content", "partner TEXT", "content TEXT", "tenant TEXT", "applied_at TIME"),
            TableForm.of("gateway_secret", "name TEXT", "secret BYTES"),
            TableForm.of(
                    "customer",
                    "tenant TEXT",
                    "id TEXT",
                    "version INTEGER",
                    "deleted BOOLEAN",
                    "created_at TIME",
                    "changed_at TIME",
                    "name_sort BYTES",
                    "name_key BYTES",
                    "status TEXT",
                    "source TEXT",
                    "segment TEXT",
                    "valid_from DATE",
                    "valid_until DATE",
                    "content TEXT"),
            TableForm.of(
                    ORDERS,
                    "tenant TEXT",
                    "id TEXT",
                    "version INTEGER",
                    "deleted BOOLEAN",
                    "created_at TIME",
                    "changed_at TIME",
                    "customer_id TEXT",
                    "order_date DATE",
                    "status TEXT",
                    "content TEXT"),
            TableForm.of(
                    "external_id", "tenant TEXT", "partner TEXT", "kind TEXT", "external_id TEXT", "record_id TEXT"),
            TableForm.of(
                    "idempotency_key",
                    "tenant TEXT",
                    "partner TEXT",
                    "name TEXT",
                    "operation TEXT",
                    "payload TEXT",
                    "message TEXT",
                    "answer TEXT",
                    "created_at TIME",
                    "expires_at TIME"),
            TableForm.of("replay", "signature TEXT", "seen_at TIME"),
            TableForm.of("change_seal", "id INTEGER", "position LONG", "trimmed LONG")
                    .ofOneRow(),
            TableForm.of(
                            "change_entry",
                            "written LONG",
                            "position LONG",
                            "tenant TEXT",
                            "kind TEXT",
                            "record_id TEXT",
                            "version INTEGER",
                            "event TEXT",
                            "partner TEXT",
                            "call_id TEXT",
                            "created_at TIME",
                            "changed_at TIME",
                            "content TEXT")
                    .numberedBy("written"),
            TableForm.of("audit_seal", "id INTEGER", "position LONG", "digest TEXT")
                    .ofOneRow(),
            TableForm.of(
                            "audit_entry",
                            "written LONG",
                            "at TIME",
                            "call_id TEXT",
                            "tenant TEXT",
                            "partner TEXT",
                            "operation TEXT",
                            "event TEXT",
                            "kind TEXT",
                            "record_id TEXT",
                            "version INTEGER",
                            "position LONG",
                            "digest TEXT",
                            "source TEXT",
                            "reason TEXT",
                            "times INTEGER")
                    .numberedBy("written"));

    private PortableForm() {}
}
