package org.crmgateway.contract;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of HTML. Text and attribute values get in only escaped, so no piece can break another.
 *
 * @param markup finished
 */
record Html(String markup) {
    static final Html NOTHING = new Html("");

    static Html text(String text) {
        return new Html(escaped(text));
    }

    /** An element; {@code name} may carry a class as in CSS, e.g. {@code p.lead}. */
    static Html tag(String name, Html... content) {
        int dot = name.indexOf('.');
        String element = dot < 0 ? name : name.substring(0, dot);
        String attribute = dot < 0 ? "" : " class=\"" + escaped(name.substring(dot + 1)) + "\"";
        return new Html("<" + element + attribute + ">" + all(Arrays.asList(content)).markup + "</" + element + ">");
    }

    static Html tag(String name, String text) {
        return tag(name, text(text));
    }

    static Html all(List<Html> pieces) {
        return new Html(pieces.stream().map(Html::markup).collect(Collectors.joining()));
    }

    static Html link(String href, Html content) {
        return tag("a", content).with("href", href);
    }

    /** This element with one more attribute. */
    Html with(String attribute, String value) {
        int end = markup.indexOf('>');
        return new Html(
                markup.substring(0, end) + " " + attribute + "=\"" + escaped(value) + "\"" + markup.substring(end));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
