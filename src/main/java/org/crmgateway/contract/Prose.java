package org.crmgateway.contract;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the contract's sentences into HTML: names of fields and codes stand out, fault codes lead to their explanation.
 *
 * @param faults the codes that have an explanation on the same page
 */
record Prose(Set<String> faults) {
    private static final Pattern NAME =
            Pattern.compile("\\b(?:[a-z]+[A-Z]\\w*|[A-Z]{2,}[A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]{5,})\\b");

    Html of(String sentences) {
        return Html.all(sentences
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> Html.tag("p", inline(line)))
                .toList());
    }

    Html list(List<String> rules) {
        return rules.isEmpty()
                ? Html.NOTHING
                : Html.tag(
                        "ul.rules",
                        Html.all(rules.stream()
                                .map(rule -> Html.tag("li", inline(rule)))
                                .toList()));
    }

    Html inline(String text) {
        StringBuilder markup = new StringBuilder();
        Matcher names = NAME.matcher(text);
        int done = 0;
        while (names.find()) {
            markup.append(Html.text(text.substring(done, names.start())).markup());
            markup.append(name(names.group()).markup());
            done = names.end();
        }
        return new Html(markup.append(Html.text(text.substring(done)).markup()).toString());
    }

    Html name(String name) {
        Html code = Html.tag("code", name);
        return faults.contains(name) ? Html.link("#fault-" + name, code) : code;
    }
}
