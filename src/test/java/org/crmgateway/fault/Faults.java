package org.crmgateway.fault;

/** Which form of the fault tests runs. */
final class Faults {
    /** {@code mvn verify -Pfaults}. */
    static final String LONG = "long";

    static final String FORM = "crm.faults";

    private Faults() {}

    static boolean inFull() {
        return LONG.equals(System.getProperty(FORM));
    }

    /** How many there are of something. */
    static int many(int few, int all) {
        return inFull() ? all : few;
    }
}
