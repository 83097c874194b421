package org.crmgateway.contract;

import static org.crmgateway.contract.Html.tag;

import java.util.ArrayList;
import java.util.List;

/** The tables of a service page that show types. */
final class TypeTables {
    private final TypeIndex types;
    private final Prose prose;

    TypeTables(TypeIndex types, Prose prose) {
        this.types = types;
        this.prose = prose;
    }

    /** A row a field: name, type, occurrence, meaning, limits. */
    Html fields(TypeDescription type) {
        List<Html> rows = new ArrayList<>();
        for (TypeDescription.Field field : type.fields()) {
            rows.add(tag(
                    "tr",
                    tag("td", tag("code.name", field.name())),
                    tag("td", typeLink(field.type())),
                    tag(field.required() ? "td.required" : "td", field.occurrence()),
                    tag("td.meaning", meaning(field.documentation())),
                    tag("td.limits", limits(field.type()))));
        }
        return table("fields", List.of("Field", "Type", "Occurs", "Meaning", "Limits"), rows);
    }

    /** A row a simple type: name, meaning, limits. */
    Html simple(List<TypeDescription> simple) {
        return table(
                "types",
                List.of("Type", "Meaning", "Limits"),
                simple.stream()
                        .map(type -> tag(
                                "tr",
                                tag("td", tag("code.name", local(type.name()))).with("id", anchor(type.name())),
                                tag("td.meaning", meaning(type.documentation()), values(type)),
                                tag("td.limits", type.limits())))
                        .toList());
    }

    /** @param layout the widths of the columns, by a class of the style sheet */
    static Html table(String layout, List<String> head, List<Html> rows) {
        return tag(
                "div.scroll",
                tag(
                        "table." + layout,
                        tag(
                                "thead",
                                tag(
                                        "tr",
                                        Html.all(head.stream()
                                                .map(name -> tag("th", name))
                                                .toList()))),
                        tag("tbody", Html.all(rows))));
    }

    static String anchor(String type) {
        return "type-" + type.replace(':', '-');
    }

    static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private Html meaning(Documentation documentation) {
        Html text = prose.of(documentation.sentences());
        return documentation
                .example()
                .map(example -> Html.all(List.of(text, tag("p.example", tag("span", "e.g."), tag("code", example)))))
                .orElse(text);
    }

    private Html values(TypeDescription type) {
        return type.values().isEmpty()
                ? Html.NOTHING
                : tag(
                        "ul.values",
                        Html.all(type.values().entrySet().stream()
                                .map(value -> tag(
                                        "li", tag("code", value.getKey()), Html.text(" "), Html.text(value.getValue())))
                                .toList()));
    }

    private Html typeLink(String type) {
        return types.has(type) ? Html.link("#" + anchor(type), Html.text(local(type))) : Html.text(local(type));
    }

    private Html limits(String type) {
        return Html.text(types.has(type) ? types.type(type).limits() : "true or false");
    }
}
