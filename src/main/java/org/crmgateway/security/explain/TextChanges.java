package org.crmgateway.security.explain;

import static org.crmgateway.security.explain.Hypothesis.of;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;

/** What happens to the text of messages behind their signature, each the other way round. */
final class TextChanges {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final List<String> UNITS = List.of("  ", "    ", "\t", "", "   ", " ");
    private static final int DEEPEST = 3;

    private TextChanges() {}

    static List<Hypothesis> all() {
        List<Hypothesis> all = new ArrayList<>(List.of(
                of(Cause.REINDENTED, "without the white space between elements", TextChanges::unindent),
                of(Cause.EMPTY_EXPANDED, "without text that is white space only", TextChanges::dropBlank),
                of(Cause.LINE_ENDS_TO_LF, "with line ends as CRLF", all(text -> text.replace("\n", "\r\n"))),
                of(
                        Cause.LINE_ENDS_TO_LF,
                        "with line ends of values as CRLF",
                        values(text -> text.replace("\n", "\r\n"))),
                of(Cause.LINE_ENDS_TO_CRLF, "with line ends as LF", all(text -> text.replace("\r\n", "\n"))),
                of(Cause.LINE_ENDS_TO_CRLF, "without carriage returns", all(text -> text.replace("\r", ""))),
                of(Cause.CHARSET_CONVERTED, latin("ISO-8859-1"), misread(StandardCharsets.ISO_8859_1)),
                of(Cause.CHARSET_CONVERTED, latin("windows-1252"), misread(WINDOWS)),
                of(Cause.CHARSET_CONVERTED, "with text that was misread already when signed", readAs(WINDOWS)),
                of(
                        Cause.CHARSET_CONVERTED,
                        "with text that was misread already when signed",
                        readAs(StandardCharsets.ISO_8859_1)),
                of(Cause.TEXT_PADDED, "without the white space around values", TextChanges::strip),
                of(
                        Cause.UNICODE_FORM,
                        "in Unicode form D",
                        all(text -> Normalizer.normalize(text, Normalizer.Form.NFD))),
                of(
                        Cause.UNICODE_FORM,
                        "in Unicode form C",
                        all(text -> Normalizer.normalize(text, Normalizer.Form.NFC))),
                of(Cause.ESCAPED_TWICE, "with characters escaped once", all(TextChanges::unescape))));
        for (String unit : UNITS) {
            for (int depth = 0; depth <= DEEPEST; depth++) {
                int level = depth;
                all.add(of(Cause.INDENT_REMOVED, "when it is indented", top -> {
                    unindent(top);
                    indent(top, unit, level);
                }));
                all.add(of(Cause.INDENT_REMOVED, "when its content is indented", top -> {
                    unindent(top);
                    Parts.children(top).forEach(child -> indent(child, unit, level));
                }));
            }
        }
        return all;
    }

    private static String latin(String charset) {
        return "when its text is taken for UTF-8 that was read as " + charset;
    }

    /** White space beside elements. */
    static void unindent(Element top) {
        for (Text text : texts(top)) {
            if (text.getData().isBlank() && hasElements(text.getParentNode())) {
                text.getParentNode().removeChild(text);
            }
        }
    }

    private static void dropBlank(Element top) {
        for (Text text : texts(top)) {
            if (text.getData().isBlank()) {
                text.getParentNode().removeChild(text);
            }
        }
    }

    private static void strip(Element top) {
        dropBlank(top);
        texts(top).forEach(text -> text.setData(text.getData().strip()));
    }

    private static void indent(Element element, String unit, int depth) {
        List<Element> children = Parts.children(element);
        for (Element child : children) {
            element.insertBefore(space(element, "\n" + unit.repeat(depth + 1)), child);
            indent(child, unit, depth + 1);
        }
        if (!children.isEmpty()) {
            element.appendChild(space(element, "\n" + unit.repeat(depth)));
        }
    }

    private static Text space(Element element, String text) {
        return element.getOwnerDocument().createTextNode(text);
    }

    private static Hypothesis.Change all(UnaryOperator<String> change) {
        return top -> texts(top).forEach(text -> text.setData(change.apply(text.getData())));
    }

    private static Hypothesis.Change values(UnaryOperator<String> change) {
        return top -> texts(top).stream()
                .filter(text -> !text.getData().isBlank())
                .forEach(text -> text.setData(change.apply(text.getData())));
    }

    /** UTF-8 was read as {@code charset}, so its characters are the bytes. */
    private static Hypothesis.Change misread(Charset charset) {
        return all(text -> recoded(text, charset, StandardCharsets.UTF_8));
    }

    private static Hypothesis.Change readAs(Charset charset) {
        return all(text -> recoded(text, StandardCharsets.UTF_8, charset));
    }

    private static String recoded(String text, Charset from, Charset to) {
        try {
            ByteBuffer bytes = from.newEncoder().encode(CharBuffer.wrap(text));
            return to.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    private static boolean hasElements(Node parent) {
        return !(parent instanceof Element element) || !Parts.children(element).isEmpty();
    }

    private static List<Text> texts(Element top) {
        List<Text> texts = new ArrayList<>();
        for (Element element : Parts.descendants(top)) {
            for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Text text) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }
}
