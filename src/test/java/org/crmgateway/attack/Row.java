package org.crmgateway.attack;

import java.util.function.Function;

/**
 * One attack of the catalogue.
 *
 * @param id in the catalogue, e.g. {@code A-X05}
 * @param name which of the id's cases
 * @param variant in which form it is sent, e.g. {@code clear} or {@code encrypted}
 * @param shot makes what is sent; called when it is sent, since messages are large
 */
record Row(String id, String name, String variant, Function<Edge, Shot> shot, Expected expected) {
    static Row of(String id, String name, Expected expected, Function<Edge, Shot> shot) {
        return new Row(id, name, "plain", shot, expected);
    }

    Row as(String otherVariant, Expected otherExpected, Function<Edge, Shot> otherShot) {
        return new Row(id, name, otherVariant, otherShot, otherExpected);
    }

    @Override
    public String toString() {
        return id + " " + name + " [" + variant + "]";
    }
}
