package org.crmgateway.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The environment variables meant for the gateway: {@code CRM_GATEWAY_} and the key in capitals, other characters as
 * {@code _} (the rule of MicroProfile Config 3.1, "Environment Variables Mapping Rules"). The prefix lets a misspelled one
 * be noticed.
 */
final class Environment {
    static final String PREFIX = "CRM_GATEWAY_";

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The values set here for {@code keys}; a variable that stands for none of them, nor a secret, is a mistake. */
    Map<String, Value> values(Set<String> keys, Set<String> secrets, Mistakes mistakes) {
        Map<String, String> names = new LinkedHashMap<>();
        keys.forEach(key -> names.put(variable(key), key));
        Map<String, Value> values = new LinkedHashMap<>();
        variables.forEach((variable, text) -> {
            String key = names.get(variable);
            if (key != null) {
                values.put(key, new Value(text, "environment variable " + variable));
            } else if (variable.startsWith(PREFIX)
                    && secrets.stream().noneMatch(secret -> variable(secret).equals(variable))) {
                mistakes.add("environment variable " + variable, "stands for no key of config/gateway.yaml.");
            }
        });
        return values;
    }

    /** The secret {@code key} when it is set here. */
    Optional<String> secret(String key) {
        return Optional.ofNullable(variables.get(variable(key)));
    }
}
