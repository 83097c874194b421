package org.crmgateway.console;

import java.util.List;
import org.crmgateway.config.PartnerFolder;
import org.crmgateway.partner.Partner;

/** Brings in, at start, what lies in the folder of partner files; each content once. */
public final class DeclaredPartners {
    private DeclaredPartners() {}

    /**
     * Applies the files.
     *
     * @return the names of the partners that were made or changed
     * @throws org.crmgateway.failure.OperatorError with the mistakes of all files, before any is applied
     */
    public static List<String> apply(Administration parts) {
        return PartnerFolder.read(parts.settings().gateway().partnersFolder()).stream()
                .filter(partner -> parts.registry().apply(partner, PartnerKit.content(partner)))
                .map(Partner::name)
                .toList();
    }
}
