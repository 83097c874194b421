package org.crmgateway.contract;

/** The SOAP versions; each has a binding, a port and an address of its own. */
public enum SoapVersion {
    SOAP_11("Soap11", "", "SOAP 1.1"),
    SOAP_12("Soap12", "-soap12", "SOAP 1.2");

    private final String portSuffix;
    private final String suffix;
    private final String label;

    SoapVersion(String portSuffix, String suffix, String label) {
        this.portSuffix = portSuffix;
        this.suffix = suffix;
        this.label = label;
    }

    /** How the names of its binding and port end. */
    public String portSuffix() {
        return portSuffix;
    }

    public String label() {
        return label;
    }

    /** The path of an endpoint below the public address, e.g. {@code /services/order/v1/modern-soap12}. */
    public String path(String area, String dialect) {
        return "/services/" + area + "/v1/" + dialect + suffix;
    }
}
