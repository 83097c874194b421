package org.crmgateway.security;

import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Counts the nodes of one message against the limits, whatever they mean. */
final class NodeLimits {
    private final ShapeLimits limits;
    private final int[] children;
    private final Set<String> names = new HashSet<>();
    private int depth;
    private int elements;
    private int comments;
    private int run;

    NodeLimits(ShapeLimits limits) {
        this.limits = limits;
        this.children = new int[limits.depth() + 2];
    }

    /** How many elements are open. */
    int depth() {
        return depth;
    }

    void start(XMLStreamReader element) {
        run = 0;
        check(++children[depth] <= limits.children(), "xml.children");
        check(++depth <= limits.depth(), "xml.depth");
        children[depth] = 0;
        check(++elements <= limits.elements(), "xml.elements");
        check(element.getAttributeCount() <= limits.attributes(), "xml.attrs");
        check(element.getNamespaceCount() <= limits.attributes(), "xml.attrs");
        name(element.getLocalName());
        name(element.getPrefix());
        for (int i = 0; i < element.getAttributeCount(); i++) {
            name(element.getAttributeLocalName(i));
            name(element.getAttributePrefix(i));
            value(element.getAttributeValue(i));
        }
        for (int i = 0; i < element.getNamespaceCount(); i++) {
            name(element.getNamespacePrefix(i));
            value(element.getNamespaceURI(i));
        }
    }

    void end() {
        run = 0;
        depth--;
    }

    /** Adds to the run of text that only an element ends, so that comments cannot cut it into pieces. */
    boolean textFits(int length) {
        run += length;
        return run <= limits.textLength();
    }

    void comment(int length) {
        check(length <= limits.textLength() && ++comments <= limits.elements(), "xml.comment");
    }

    private void name(@Nullable String name) {
        if (name != null && !name.isEmpty()) {
            check(name.length() <= limits.nameLength(), "xml.name");
            names.add(name);
            check(names.size() <= limits.names(), "xml.names");
        }
    }

    private void value(@Nullable String value) {
        check(value == null || value.length() <= limits.valueLength(), "xml.attrsize");
    }

    private static void check(boolean holds, String reason) {
        if (!holds) {
            throw Refusal.malformed(reason);
        }
    }
}
