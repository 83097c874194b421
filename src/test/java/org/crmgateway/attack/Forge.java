package org.crmgateway.attack;

import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireSecurity;

/** Rows whose messages are spoiled recipes: each is sent in both X.509 dialects and both SOAP versions. */
final class Forge {
    private Forge() {}

    /** A message that would be served if nothing were done to it. */
    static Recipe good(Edge edge, SoapEnvelope version, Dialect dialect) {
        return of(edge, version, dialect, edge.fill(Payload.order()));
    }

    static Recipe of(Edge edge, SoapEnvelope version, Dialect dialect, String payload) {
        WireSecurity partner = edge.gateway().security(dialect);
        return new Recipe(
                new KeyPairAndCertificate(partner.key(), partner.certificate()),
                partner.gateway(),
                version,
                dialect,
                payload);
    }

    static Stream<Row> spoiled(String id, String name, Expected expected, UnaryOperator<Recipe> spoil) {
        return spoiled(id, name, expected, (edge, recipe) -> spoil.apply(recipe));
    }

    static Stream<Row> spoiled(String id, String name, Expected expected, BiFunction<Edge, Recipe, Recipe> spoil) {
        return Stream.of(
                row(id, name, expected, Dialect.MODERN, SoapEnvelope.SOAP_11, spoil),
                row(id, name, expected, Dialect.COMPATIBLE, SoapEnvelope.SOAP_12, spoil));
    }

    static Row row(
            String id,
            String name,
            Expected expected,
            Dialect dialect,
            SoapEnvelope version,
            BiFunction<Edge, Recipe, Recipe> spoil) {
        return new Row(
                id,
                name,
                dialect.label() + version.suffix(),
                edge -> edge.post(
                        dialect,
                        version,
                        spoil.apply(edge, good(edge, version, dialect)).bytes()),
                expected);
    }
}
