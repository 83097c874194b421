package org.crmgateway.contract;

import java.util.List;
import java.util.stream.Stream;

/**
 * One WSDL to download: of a service, with the addresses of a dialect.
 *
 * @param flat without imports
 */
record Rendition(String area, String dialect, Ports ports, Security security, boolean flat) {
    /** Which SOAP versions a WSDL offers; from one with both, Node.js soap and PHP may choose the wrong address. */
    enum Ports {
        SOAP_11("-soap11", "1.1"),
        SOAP_12("-soap12", "1.2"),
        BOTH("", "both");

        private final String suffix;
        private final String label;

        Ports(String suffix, String label) {
            this.suffix = suffix;
            this.label = label;
        }

        String label() {
            return label;
        }

        private Wsdl of(Wsdl wsdl) {
            return switch (this) {
                case SOAP_11 -> wsdl.only(SoapVersion.SOAP_11);
                case SOAP_12 -> wsdl.only(SoapVersion.SOAP_12);
                case BOTH -> wsdl;
            };
        }
    }

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
        return ContractFiles.AREAS.stream()
                .flatMap(area -> ContractFiles.DIALECTS.stream().flatMap(dialect -> of(area, dialect)))
                .toList();
    }

    /** The renditions of a service for a dialect. */
    static Stream<Rendition> of(String area, String dialect) {
        return Stream.of(Security.values())
                .filter(security -> switch (security) {
                    case POLICY_FREE -> true;
                    case SECURED -> ContractFiles.SECURED_DIALECTS.contains(dialect);
                    case SECURED_ENCRYPTED_FAULTS -> ContractFiles.ENCRYPTING_DIALECTS.contains(dialect);
                })
                .flatMap(security -> Stream.of(Ports.values())
                        .flatMap(ports -> Stream.of(false, true)
                                .map(flat -> new Rendition(area, dialect, ports, security, flat))));
    }

    /** What an endpoint says of itself: its own port alone, with its policy when it has one. */
    static Rendition ofEndpoint(String area, String dialect, boolean soap12) {
        Security security = ContractFiles.SECURED_DIALECTS.contains(dialect) ? Security.SECURED : Security.POLICY_FREE;
        return new Rendition(area, dialect, soap12 ? Ports.SOAP_12 : Ports.SOAP_11, security, false);
    }

    String fileName() {
        return area + "-v1-" + dialect + ports.suffix + security.suffix + (flat ? "-flat" : "") + ".wsdl";
    }

    Wsdl wsdl(ContractFiles files, PublicAddress address) {
        Wsdl wsdl = ports.of(Wsdl.of(files, area)).at(address, dialect);
        Wsdl secured = switch (security) {
            case POLICY_FREE -> wsdl;
            case SECURED -> wsdl.securedBy(new SecurityPolicy(files.policy(dialect), false));
            case SECURED_ENCRYPTED_FAULTS -> wsdl.securedBy(new SecurityPolicy(files.policy(dialect), true));
        };
        return flat ? secured.flat() : secured.importingFrom(address.schemas());
    }
}
