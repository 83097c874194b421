package org.crmgateway.config;

/**
 * A setting as written.
 *
 * @param where file and line, or the environment variable, for messages
 */
record Value(String text, String where) {}
