package org.crmgateway.contract;

import static org.crmgateway.contract.Html.tag;

import java.nio.charset.StandardCharsets;

/** What every page has around its content: head, style sheet inside, navigation. It loads nothing from anywhere. */
record PageFrame(ContractFiles files, String title) {
    byte[] bytes(Html navigation, Html main) {
        String style = new String(files.bytes("pages.css"), StandardCharsets.UTF_8);
        Html head = new Html(
                "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                        + tag("title", title + " – CRM Gateway").markup() + "<style>" + style + "</style>");
        Html page = tag("html", tag("head", head), tag("body", navigation, tag("main", main)))
                .with("lang", "en");
        return ("<!DOCTYPE html>\n" + page.markup() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
