package org.crmgateway.attack;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands tests their {@link Attacks}: one gateway for all suites of a run, and one table, written when the run ends. */
final class AttackExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace SPACE = Namespace.create(AttackExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        Store run = context.getRoot().getStore(SPACE);
        Store own = context.getStore(SPACE);
        Report report = run.computeIfAbsent(Report.class, type -> new Report(), Report.class);
        Settings settings = context.getRequiredTestClass().getAnnotation(Settings.class);
        Edge edge;
        if (settings == null) {
            edge = run.computeIfAbsent(Edge.class, type -> start(Map.of()), Edge.class);
        } else {
            // Not of the run: a store closes what is in it.
            edge = start(Stream.of(settings.value())
                    .map(setting -> setting.split("=", 2))
                    .collect(Collectors.toMap(pair -> "CRM_GATEWAY_" + pair[0], pair -> pair[1])));
            own.put("edge of this class", edge);
        }
        String suite = context.getRequiredTestClass().getSimpleName();
        own.put(Attacks.class, new Attacks(edge, report, suite));
    }

    private static Edge start(Map<String, String> settings) {
        try {
            return new Edge(settings);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Attacks.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(SPACE).get(Attacks.class, Attacks.class);
    }
}
