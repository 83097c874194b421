package org.crmgateway.security;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes elements at once in their canonical form (Canonical XML 1.0 without comments): what stands here is what is digested,
 * encrypted and sent, and nobody builds a tree of it. It is the exclusive form, too, for a list of inclusive namespaces that has
 * all of {@link #prefixes}. Comments, processing instructions, document types and entities are not for answers.
 */
public final class CanonicalWriter implements XMLStreamWriter {
    private static final int FIRST_SIZE = 8 * 1024;

    private final Set<String> prefixes = new TreeSet<>();
    private final List<Binding> declared = new ArrayList<>();
    private final List<Binding> rendered = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Attribute> attributes = new ArrayList<>();
    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;
    private boolean inTag;

    /** A prefix and its namespace; the empty prefix is the default's. */
    private record Binding(String prefix, String uri) {
        static final Comparator<Binding> BY_PREFIX = Comparator.comparing(Binding::prefix);
    }

    private record Attribute(String prefix, String uri, String name, String value) {
        static final Comparator<Attribute> CANONICAL =
                Comparator.comparing(Attribute::uri).thenComparing(Attribute::name);
    }

    /**
     * An element that has begun.
     *
     * @param declared how many namespaces were declared before it
     * @param rendered how many were written before it
     */
    private record Open(String prefix, String uri, String qualified, int declared, int rendered) {}

    /** @param inherited prefixes and namespaces of what this will stand in */
    public CanonicalWriter(Map<String, String> inherited) {
        inherited.forEach((prefix, uri) -> {
            declared.add(new Binding(prefix, uri));
            rendered.add(new Binding(prefix, uri));
        });
    }

    /** Every prefix that was declared; the default namespace is not among them. */
    public Set<String> prefixes() {
        return prefixes;
    }

    /** Whether an answer could carry this text (XML 1.0, section 2.2). */
    public static boolean carries(CharSequence text) {
        return text.codePoints().allMatch(CanonicalWriter::carries);
    }

    private static boolean carries(int point) {
        return point >= 0x20 && point < Character.MIN_SURROGATE
                || point > Character.MAX_SURROGATE && point < 0xFFFE
                || point >= 0x10000
                || point == '\n'
                || point == '\t'
                || point == '\r';
    }

    /** How many bytes have been written; the last start tag is among them. */
    public int size() throws XMLStreamException {
        endTag();
        return size;
    }

    /** All that was written, the first {@link #size} bytes of it. */
    public byte[] buffer() {
        return bytes;
    }

    @Override
    public void writeStartElement(String prefix, String name, String uri) throws XMLStreamException {
        endTag();
        String qualified = prefix.isEmpty() ? name : prefix + ":" + name;
        open.push(new Open(prefix, uri, qualified, declared.size(), rendered.size()));
        inTag = true;
    }

    @Override
    public void writeStartElement(String uri, String name) throws XMLStreamException {
        String prefix = getPrefix(uri);
        if (prefix == null) {
            throw new XMLStreamException("no prefix for " + uri);
        }
        writeStartElement(prefix, name, uri);
    }

    /** In no namespace. */
    @Override
    public void writeStartElement(String name) throws XMLStreamException {
        writeStartElement(XMLConstants.DEFAULT_NS_PREFIX, name, XMLConstants.NULL_NS_URI);
    }

    @Override
    public void writeEmptyElement(String prefix, String name, String uri) throws XMLStreamException {
        writeStartElement(prefix, name, uri);
        writeEndElement();
    }

    @Override
    public void writeEmptyElement(String uri, String name) throws XMLStreamException {
        writeStartElement(uri, name);
        writeEndElement();
    }

    @Override
    public void writeEmptyElement(String name) throws XMLStreamException {
        writeStartElement(name);
        writeEndElement();
    }

    @Override
    public void writeAttribute(String prefix, String uri, String name, String value) {
        attributes.add(new Attribute(prefix, uri, name, value));
    }

    @Override
    public void writeAttribute(String uri, String name, String value) throws XMLStreamException {
        String prefix = uri.isEmpty() ? "" : getPrefix(uri);
        if (prefix == null) {
            throw new XMLStreamException("no prefix for " + uri);
        }
        writeAttribute(prefix, uri, name, value);
    }

    @Override
    public void writeAttribute(String name, String value) {
        writeAttribute("", "", name, value);
    }

    @Override
    public void writeNamespace(@Nullable String prefix, String uri) {
        Binding binding = new Binding(prefix == null ? "" : prefix, uri == null ? "" : uri);
        declared.add(binding);
        if (!binding.prefix.isEmpty()) {
            prefixes.add(binding.prefix);
        }
    }

    @Override
    public void writeDefaultNamespace(String uri) {
        writeNamespace("", uri);
    }

    @Override
    public void setPrefix(String prefix, String uri) {
        writeNamespace(prefix, uri);
    }

    @Override
    public void setDefaultNamespace(String uri) {
        writeNamespace("", uri);
    }

    @Override
    public void writeEndElement() throws XMLStreamException {
        endTag();
        Open ended = open.pop();
        ascii("</");
        text(ended.qualified);
        put('>');
        shorten(declared, ended.declared);
        shorten(rendered, ended.rendered);
    }

    @Override
    public void writeCharacters(String text) throws XMLStreamException {
        endTag();
        escaped(text, false);
    }

    @Override
    public void writeCharacters(char[] text, int start, int length) throws XMLStreamException {
        writeCharacters(new String(text, start, length));
    }

    /** As text: the canonical form has no sections. */
    @Override
    public void writeCData(String text) throws XMLStreamException {
        writeCharacters(text);
    }

    private void endTag() throws XMLStreamException {
        if (!inTag) {
            return;
        }
        inTag = false;
        Open element = open.element();
        put('<');
        text(element.qualified);
        for (Binding namespace : namespaces(element)) {
            ascii(namespace.prefix.isEmpty() ? " xmlns" : " xmlns:");
            text(namespace.prefix);
            ascii("=\"");
            escaped(namespace.uri, true);
            put('"');
        }
        attributes.sort(Attribute.CANONICAL);
        for (Attribute attribute : attributes) {
            put(' ');
            if (!attribute.prefix.isEmpty()) {
                text(attribute.prefix);
                put(':');
            }
            text(attribute.name);
            ascii("=\"");
            escaped(attribute.value, true);
            put('"');
        }
        attributes.clear();
        put('>');
    }

    /** Those to be written with an element; from here on they are in scope. */
    private List<Binding> namespaces(Open element) {
        List<Binding> wanted = new ArrayList<>(2);
        use(new Binding(element.prefix, element.uri), wanted);
        for (Attribute attribute : attributes) {
            if (!attribute.prefix.isEmpty() && !attribute.prefix.equals(XMLConstants.XML_NS_PREFIX)) {
                use(new Binding(attribute.prefix, attribute.uri), wanted);
            }
        }
        declared.subList(element.declared, declared.size()).forEach(binding -> use(binding, wanted));
        wanted.sort(Binding.BY_PREFIX);
        return wanted;
    }

    private void use(Binding binding, List<Binding> wanted) {
        String known = uri(rendered, binding.prefix);
        if (!binding.uri.equals(Objects.requireNonNullElse(known, ""))) {
            rendered.add(binding);
            wanted.add(binding);
        }
    }

    private static @Nullable String uri(List<Binding> bindings, String prefix) {
        for (int i = bindings.size() - 1; i >= 0; i--) {
            if (bindings.get(i).prefix.equals(prefix)) {
                return bindings.get(i).uri;
            }
        }
        return null;
    }

    private static void shorten(List<?> list, int length) {
        list.subList(length, list.size()).clear();
    }

    /** By section 2.3 of Canonical XML; refuses what XML 1.0 cannot carry (section 2.2). */
    private void escaped(String text, boolean attribute) throws XMLStreamException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i += beyondAscii(text, i);
            } else if (c == '&') {
                ascii("&amp;");
            } else if (c == '<') {
                ascii("&lt;");
            } else if (c == '\r') {
                ascii("&#xD;");
            } else if (c == '>' && !attribute) {
                ascii("&gt;");
            } else if (c == '"' && attribute) {
                ascii("&quot;");
            } else if (c == '\t' && attribute) {
                ascii("&#x9;");
            } else if (c == '\n' && attribute) {
                ascii("&#xA;");
            } else if (!carries(c)) {
                throw uncarried();
            } else {
                put(c);
            }
        }
    }

    /** @return how many characters more than one it took */
    private int beyondAscii(String text, int at) throws XMLStreamException {
        int point = text.codePointAt(at);
        if (!carries(point)) {
            throw uncarried();
        }
        if (point >= 0x10000) {
            put(0xF0 | point >> 18);
            put(0x80 | point >> 12 & 0x3F);
            put(0x80 | point >> 6 & 0x3F);
            put(0x80 | point & 0x3F);
            return 1;
        }
        if (point >= 0x800) {
            put(0xE0 | point >> 12);
            put(0x80 | point >> 6 & 0x3F);
        } else {
            put(0xC0 | point >> 6);
        }
        put(0x80 | point & 0x3F);
        return 0;
    }

    /** Signed and encrypted, such an answer would leave here without an error and be unreadable for its partner. */
    private static XMLStreamException uncarried() {
        return new XMLStreamException("a character that XML cannot carry");
    }

    private void text(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    private void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    private void put(int octet) {
        room(1);
        bytes[size++] = (byte) octet;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    @Override
    public @Nullable String getPrefix(String uri) {
        for (int i = declared.size() - 1; i >= 0; i--) {
            Binding binding = declared.get(i);
            if (binding.uri.equals(uri) && uri.equals(uri(declared, binding.prefix))) {
                return binding.prefix;
            }
        }
        return null;
    }

    @Override
    public NamespaceContext getNamespaceContext() {
        return new NamespaceContext() {
            @Override
            public String getNamespaceURI(String prefix) {
                return Objects.requireNonNullElse(uri(declared, prefix), XMLConstants.NULL_NS_URI);
            }

            @Override
            public @Nullable String getPrefix(String uri) {
                return CanonicalWriter.this.getPrefix(uri);
            }

            @Override
            public Iterator<String> getPrefixes(String uri) {
                String prefix = getPrefix(uri);
                return (prefix == null ? List.<String>of() : List.of(prefix)).iterator();
            }
        };
    }

    @Override
    public void setNamespaceContext(NamespaceContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object getProperty(String name) {
        throw new IllegalArgumentException(name);
    }

    @Override
    public void writeStartDocument() {
        // Part of an envelope.
    }

    @Override
    public void writeStartDocument(String version) {
        // Part of an envelope.
    }

    @Override
    public void writeStartDocument(String encoding, String version) {
        // Part of an envelope.
    }

    @Override
    public void writeEndDocument() {
        // Part of an envelope.
    }

    @Override
    public void flush() {
        // Everything is in memory.
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    @Override
    public void writeComment(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeProcessingInstruction(String target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeProcessingInstruction(String target, String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeDTD(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeEntityRef(String name) {
        throw new UnsupportedOperationException();
    }
}
