package org.crmgateway.contract;

import java.util.ArrayList;
import java.util.List;

/**
 * One WSDL to download: of a service, with the addresses of a dialect.
 *
 * @param flat without imports
 */
record Rendition(String area, String dialect, Security security, boolean flat) {
    /** What the WSDL says about security; what the endpoint demands is the same in each. */
    enum Security {
        POLICY_FREE("", "policy-free"),
        SECURED("-secured", "secured"),
        SECURED_ENCRYPTED_FAULTS("-secured-encrypted-faults", "secured, encrypted faults");

        private final String suffix;
        private final String label;

        Security(String suffix, String label) {
            this.suffix = suffix;
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** Every rendition there is. */
    static List<Rendition> all() {
        List<Rendition> all = new ArrayList<>();
        for (String area : ContractFiles.AREAS) {
            for (String dialect : ContractFiles.DIALECTS) {
                for (Security security : Security.values()) {
                    if (security == Security.POLICY_FREE || ContractFiles.SECURED_DIALECTS.contains(dialect)) {
                        all.add(new Rendition(area, dialect, security, false));
                        all.add(new Rendition(area, dialect, security, true));
                    }
                }
            }
        }
        return all;
    }

    String fileName() {
        return area + "-v1-" + dialect + security.suffix + (flat ? "-flat" : "") + ".wsdl";
    }

    Wsdl wsdl(ContractFiles files, PublicAddress address) {
        Wsdl wsdl = Wsdl.of(files, area).at(address, dialect);
        Wsdl secured = switch (security) {
            case POLICY_FREE -> wsdl;
            case SECURED -> wsdl.securedBy(new SecurityPolicy(files.policy(dialect), false));
            case SECURED_ENCRYPTED_FAULTS -> wsdl.securedBy(new SecurityPolicy(files.policy(dialect), true));
        };
        return flat ? secured.flat() : secured.importingFrom(address.schemas());
    }
}
