package org.crmgateway.soap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.crmgateway.call.Digest;
import org.crmgateway.call.Language;
import org.crmgateway.call.Request;
import org.crmgateway.failure.Failure;
import org.crmgateway.failure.Violation;
import org.crmgateway.security.CanonicalWriter;
import org.jspecify.annotations.Nullable;

/**
 * What the databinding reads the operation's element through. It bounds the text, which in an encrypted message nobody has
 * looked at yet; it knows where the reader stands, so that a violation has a path; it notes the request header; and it
 * computes the digest by which two requests are the same. One message, one thread.
 *
 * <p>The digest is SHA-256 over the leaf elements below the operation's element, in document order, those of its child
 * {@code requestHeader} left out. Each leaf gives two strings, its path and its text, each as the number of its bytes in UTF-8
 * (four bytes, the highest first) and those bytes. The path has a step for each element below the operation's element, of the form
 * {@code name[n]} with the local name and the position among the siblings of that name, counted from 1; steps are joined by
 * {@code /}. The text is that of the parsed document, unchanged: {@code 1.0} is not {@code 1.00}. Stored digests are compared
 * with new ones, so this form never changes.
 */
final class PayloadReader extends StreamReaderDelegate {
    private static final String HEADER = "requestHeader";
    /** The databinding would look for the attachment it names, and there are none. */
    private static final String XOP = "http://www.w3.org/2004/08/xop/include";

    /** The operation's element counted; the deepest of the contract goes 7 deep. */
    private static final int MAX_DEPTH = 16;
    /** Four times the contract's longest text; digits without end cost quadratic time to parse. */
    private static final int MAX_TEXT = 4_096;

    /** Elements that may stand several times, so that their paths always have a position; a test compares them with the schemas. */
    static final Set<String> LISTS = Set.of("row", "line", "address", "contact", "clear");

    private final Deque<Step> steps = new ArrayDeque<>();
    private final Map<String, String> header = new HashMap<>();
    private final MessageDigest digest = Digest.sha256();
    private boolean inHeader;
    private boolean entered;

    /** @param payload standing at the start of the operation's element */
    PayloadReader(XMLStreamReader payload) {
        super(payload);
        start();
    }

    @Override
    public int next() throws XMLStreamException {
        if (entered && getEventType() == END_ELEMENT) {
            steps.pop();
        }
        entered = true;
        int event = super.next();
        switch (event) {
            case START_ELEMENT -> start();
            case END_ELEMENT -> end();
            case CHARACTERS, CDATA, SPACE -> text();
            default -> {
                // Comments carry nothing, and nothing else is left in a checked message.
            }
        }
        return event;
    }

    /** The databinding uses {@link #next} only; other ways past it would be ways around the limits. */
    @Override
    public String getElementText() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int nextTag() {
        throw new UnsupportedOperationException();
    }

    private void start() {
        Step parent = steps.peek();
        if (parent != null && steps.size() == MAX_DEPTH) {
            throw broken("depth");
        }
        inHeader |= steps.size() == 1 && getLocalName().equals(HEADER);
        steps.push(parent == null ? Step.root() : parent.child(getLocalName()));
        if (XOP.equals(getNamespaceURI())) {
            disown();
            throw broken("unexpected");
        }
    }

    private void text() {
        Step step = steps.element();
        String text = getText();
        if (step.text.length() + text.length() > MAX_TEXT) {
            throw broken("maxLength");
        }
        step.text.append(text);
    }

    private void end() {
        Step step = steps.element();
        if (!CanonicalWriter.carries(step.text)) {
            // Stored, it would break every answer that holds it.
            throw broken("character");
        }
        if (step.leaf() && steps.size() > 1) {
            if (inHeader) {
                header.put(getLocalName(), step.text.toString());
            } else {
                update(step.path);
                update(step.text.toString());
            }
        }
        if (steps.size() == 2) {
            inHeader = false;
        }
    }

    private void update(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private Failure broken(String rule) {
        return Failure.schema(List.of(new Violation(path(), rule)));
    }

    /**
     * Where the reader stands, from the child of the operation's element on, e.g. {@code order/lines/line[2]/quantity};
     * {@code /} for that element itself.
     */
    String path() {
        Step step = steps.peek();
        return step == null || step.shown.isEmpty() ? "/" : step.shown;
    }

    /** The element the reader stands at has no place in the schema: its name is the sender's, so paths show its place only, {@code [6]}. */
    void disown() {
        steps.element().disown();
    }

    Language language() {
        return "zh".equals(header.getOrDefault("language", "").strip()) ? Language.CHINESE : Language.ENGLISH;
    }

    /** What the caller asks for; complete once the whole element has been read and found valid. */
    Request request() {
        String validateOnly = header.getOrDefault("validateOnly", "").strip();
        return new Request(
                header.get("idempotencyKey"),
                header.get("correlationId"),
                language(),
                validateOnly.equals("true") || validateOnly.equals("1"),
                Digest.of(digest));
    }

    /** An element the reader is in. */
    private static final class Step {
        private final @Nullable Step parent;
        private final String path;
        private final int position;
        private final Map<String, Integer> children = new HashMap<>(4);
        private final StringBuilder text = new StringBuilder();
        private String shown;
        private boolean unknown;

        private Step(@Nullable Step parent, String path, int position, String shown) {
            this.parent = parent;
            this.path = path;
            this.position = position;
            this.shown = shown;
            this.unknown = parent != null && parent.unknown;
        }

        static Step root() {
            return new Step(null, "", 1, "");
        }

        Step child(String name) {
            // Blanks between the children of a long list are not one long text.
            text.setLength(0);
            int same = children.merge(name, 1, Integer::sum);
            int all = children.values().stream().mapToInt(Integer::intValue).sum();
            String step = name + "[" + same + "]";
            String readable = same > 1 || LISTS.contains(name) ? step : name;
            return new Step(this, join(path, step), all, unknown ? shown : join(shown, readable));
        }

        void disown() {
            if (!unknown && parent != null) {
                unknown = true;
                shown = join(parent.shown, "[" + position + "]");
            }
        }

        boolean leaf() {
            return children.isEmpty();
        }

        private static String join(String path, String step) {
            return path.isEmpty() ? step : path + "/" + step;
        }
    }
}
