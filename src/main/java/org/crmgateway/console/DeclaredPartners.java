package org.crmgateway.console;

import java.util.List;
import org.crmgateway.config.PartnerFolder;
import org.crmgateway.partner.Partner;

/** Brings in, at start, what lies in the folder of partner files; each content once. */
public final class DeclaredPartners {
    private DeclaredPartners() {}

    /**
     * Applies the files, all or none.
     *
     * @return the names of the partners that were made or changed
     * @throws org.crmgateway.failure.OperatorError with the mistakes of all files
     */
    public static List<String> apply(Administration parts) {
        List<Partner> declared = PartnerFolder.read(parts.settings().gateway().partnersFolder());
        return parts.registry().apply(PartnerKit.contents(declared)).stream()
                .map(Partner::name)
                .toList();
    }
}
