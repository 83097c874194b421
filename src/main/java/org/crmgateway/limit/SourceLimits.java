package org.crmgateway.limit;

/**
 * What one source may do before anyone is known.
 *
 * @param connections at once, from a source that is a stranger
 * @param connectionsASecond new ones, from a stranger
 * @param refusalsAMinute messages that are refused, from a stranger
 */
public record SourceLimits(int connections, int connectionsASecond, int refusalsAMinute) {
    /** A known source may have so many times the connections. */
    static final int KNOWN_CONNECTIONS = 5;
    /** Behind one address may be a whole company with one job that is set up wrongly. */
    static final int KNOWN_REFUSALS = 10;

    int connections(boolean known) {
        return known ? KNOWN_CONNECTIONS * connections : connections;
    }

    int connectionsASecond(boolean known) {
        return known ? KNOWN_CONNECTIONS * connectionsASecond : connectionsASecond;
    }

    int refusalsAMinute(boolean known) {
        return known ? KNOWN_REFUSALS * refusalsAMinute : refusalsAMinute;
    }
}
