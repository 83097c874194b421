package org.crmgateway.contract;

import java.net.URI;

/**
 * Where callers reach the gateway, as configured; never what a request claims.
 *
 * @param base without a slash at the end; may have a path, behind a proxy
 */
record PublicAddress(String base) {
    static PublicAddress of(URI publicUrl) {
        String text = publicUrl.toString();
        return new PublicAddress(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    /** The address of an endpoint. */
    String of(String area, String dialect, SoapVersion version) {
        return base + version.path(area, dialect);
    }

    /** The address of a schema. */
    String schemas() {
        return base + "/contract/xsd";
    }
}
