package org.crmgateway.console;

import java.nio.file.Path;
import java.util.List;
import org.crmgateway.config.PartnerFolder;
import org.crmgateway.partner.Partner;
import org.crmgateway.registry.Registry;

/** Brings in what lies in the folder of partner files; each content once. */
public final class DeclaredPartners {
    private DeclaredPartners() {}

    /**
     * Applies the files, all or none.
     *
     * @return the names of the partners that were made or changed
     * @throws org.crmgateway.failure.OperatorError with the mistakes of all files
     */
    public static List<String> apply(Path folder, Registry registry) {
        List<Partner> declared = PartnerFolder.read(folder);
        return registry.apply(PartnerKit.contents(declared)).stream()
                .map(Partner::name)
                .toList();
    }
}
