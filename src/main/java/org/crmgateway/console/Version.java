package org.crmgateway.console;

import picocli.CommandLine.IVersionProvider;

/** The program's version, as its jar says it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"crm-gateway " + (version == null ? "(not packaged)" : version)};
    }
}
