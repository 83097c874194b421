package org.crmgateway.attack;

import static org.crmgateway.attack.Expected.fault;
import static org.crmgateway.attack.Expected.malformed;
import static org.crmgateway.attack.Expected.sec;
import static org.crmgateway.attack.Expected.served;
import static org.crmgateway.attack.Forge.row;
import static org.crmgateway.attack.Forge.spoiled;
import static org.crmgateway.attack.Surgery.append;
import static org.crmgateway.attack.Surgery.body;
import static org.crmgateway.attack.Surgery.find;
import static org.crmgateway.attack.Surgery.header;
import static org.crmgateway.attack.Surgery.prepend;
import static org.crmgateway.attack.Surgery.security;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.crmgateway.failure.Code;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Section 2.8 of the catalogue: the plain form of each way to wrap, and what {@link Wrapping} does not make. */
final class WrappingRows {
    private static final String WRAPPER = "<w:Wrapper xmlns:w='urn:wrapper'/>";
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    private WrappingRows() {}

    static Stream<Row> rows() {
        return Stream.of(bodies(), parts(), ids(), contents(), namespaces()).flatMap(family -> family);
    }

    private static Stream<Row> bodies() {
        return join(
                wrapped(
                        "A-S01",
                        "the signed body in a header",
                        malformed("soap.shape"),
                        m -> move(m, append(header(m), WRAPPER), "")),
                wrapped(
                        "A-S02",
                        "the signed body in a header, its id on both",
                        malformed("soap.shape"),
                        m -> move(m, append(header(m), WRAPPER), "BODY-1")),
                wrapped(
                        "A-S03",
                        "the signed body in the security header",
                        malformed("soap.shape").or(sec("sec.token.unknown")),
                        m -> move(m, append(security(m), WRAPPER), "")),
                before("A-S04", "the signed body in the attacker's, all of it encrypted", sec("sec."), m -> {
                    Element signed = body(m);
                    Element other = other(m, "BODY-1");
                    signed.getParentNode().replaceChild(other, signed);
                    SoapEnvelope.payload(m).appendChild(signed);
                }),
                before("A-S04", "the signed body, which alone has the id, in the attacker's", sec("sec."), m -> {
                    Element signed = body(m);
                    Element other = other(m, "");
                    signed.getParentNode().replaceChild(other, signed);
                    SoapEnvelope.payload(m).appendChild(signed);
                }),
                before("A-S04", "the signed body as the attacker's second child", sec("sec."), m -> {
                    Element signed = body(m);
                    Element other = other(m, "");
                    signed.getParentNode().replaceChild(other, signed);
                    other.appendChild(signed);
                }),
                before("A-S04", "the signed body as the attacker's first child", sec("sec."), m -> {
                    Element signed = body(m);
                    Element other = other(m, "");
                    signed.getParentNode().replaceChild(other, signed);
                    other.insertBefore(signed, other.getFirstChild());
                }),
                wrapped(
                        "A-S05",
                        "the signed body in the signature's object",
                        malformed("soap.shape").or(sec("sec.element")),
                        m -> move(m, append(find(m, "Signature"), "<ds:Object/>"), "")),
                wrapped(
                        "A-S06",
                        "the signed body beside header and body",
                        malformed("soap.shape"),
                        m -> move(m, append(m.getDocumentElement(), WRAPPER), "")),
                wrapped(
                        "A-S07",
                        "two bodies, the attacker's first",
                        malformed("soap.shape"),
                        m -> body(m).getParentNode().insertBefore(other(m, ""), body(m))),
                wrapped(
                        "A-S07",
                        "two bodies, the attacker's last",
                        malformed("soap.shape"),
                        m -> body(m).getParentNode().appendChild(other(m, ""))),
                before("A-S15", "a decrypted element is signed, and another is read", sec("sec."), m -> {
                    // The signature is over what the id names; the id goes to a copy of the body's whole old self
                    // inside the new.
                    Element signed = body(m);
                    Element copy = (Element) signed.cloneNode(true);
                    signed.getParentNode().replaceChild(other(m, ""), signed);
                    SoapEnvelope.payload(m)
                            .insertBefore(copy, SoapEnvelope.payload(m).getFirstChild());
                }));
    }

    private static Stream<Row> parts() {
        Stream<Row> addressing = Stream.of("To", "Action", "MessageID")
                .flatMap(name -> Stream.concat(
                        part(name, "kept in a header beside", ""), part(name, "kept, its id on both", name + "-1")));
        return Stream.concat(
                addressing,
                join(
                        wrapped("A-S09", "the signed timestamp in a header, a fresh one in place", sec("sec."), m -> {
                            Element signed = find(m, "Timestamp");
                            Element fresh = (Element) signed.cloneNode(true);
                            Surgery.id(fresh, "");
                            signed.getParentNode().replaceChild(fresh, signed);
                            append(header(m), WRAPPER).appendChild(signed);
                        }),
                        before(
                                "A-S09",
                                "the signed timestamp inside the encrypted body",
                                sec("sec.cover.ts").or(sec("sec.")),
                                m -> {
                                    Element signed = find(m, "Timestamp");
                                    Element fresh = (Element) signed.cloneNode(true);
                                    Surgery.id(fresh, "");
                                    signed.getParentNode().replaceChild(fresh, signed);
                                    SoapEnvelope.payload(m).appendChild(signed);
                                })));
    }

    private static Stream<Row> part(String name, String how, String id) {
        return spoiled(
                "A-S08",
                "wsa:" + name + " " + how,
                sec("sec."),
                (e, r) -> r.header("<wsa:" + name + ">urn:uuid:1</wsa:" + name + ">")
                        .encrypted(m -> {
                            Element signed = SoapEnvelope.child(header(m), name);
                            Element other = (Element) signed.cloneNode(true);
                            Surgery.id(other, id);
                            other.setTextContent("urn:evil");
                            signed.getParentNode().replaceChild(other, signed);
                            append(header(m), WRAPPER).appendChild(signed);
                        }));
    }

    /** One value, two elements; whichever attribute a reader takes for an id. */
    private static Stream<Row> ids() {
        return Stream.of("Id", "ID", "AssertionID", "xml:id", "wsu:Id")
                .flatMap(name -> Stream.concat(
                        spoiled(
                                "A-S10",
                                "the body's id again, as " + name + ", in front",
                                sec("sec.id"),
                                r -> r.encrypted(
                                        m -> prepend(header(m), "<x:x xmlns:x='urn:x' " + name + "='BODY-1'/>"))),
                        spoiled(
                                "A-S10",
                                "the body's id again, as " + name + ", encrypted",
                                sec("sec.").or(fault(Code.SCHEMA_VIOLATION)),
                                r -> r.signed(m -> {
                                    // Nothing outside sees it; the payload is signed without it.
                                    SoapEnvelope.payload(m)
                                            .appendChild(
                                                    Surgery.parsed(m, "<x:x xmlns:x='urn:x' " + name + "='BODY-1'/>")
                                                            .get(0));
                                }))));
    }

    private static Stream<Row> contents() {
        return join(
                wrapped(
                        "A-S11",
                        "a clear order beside the encrypted",
                        malformed("soap.shape"),
                        m -> body(m).appendChild(payload(m))),
                wrapped(
                        "A-S11",
                        "a clear order before the encrypted",
                        malformed("soap.shape"),
                        m -> body(m).insertBefore(payload(m), body(m).getFirstChild())),
                wrapped("A-S11", "a clear order instead of the encrypted", sec("sec.noenc"), m -> {
                    body(m).removeChild(body(m).getFirstChild());
                    body(m).appendChild(payload(m));
                }),
                wrapped(
                        "A-S11",
                        "text beside the encrypted",
                        malformed("soap.shape"),
                        m -> body(m).appendChild(m.createTextNode("x"))),
                before(
                        "A-S11",
                        "a second order beside the first, both encrypted",
                        sec("sec."),
                        m -> body(m).appendChild(payload(m))),
                addressed("A-S14", "a comment in wsa:To changes nothing", served(), (m, to) -> {
                    String text = to.getTextContent();
                    to.setTextContent(text.substring(0, 9));
                    to.appendChild(m.createComment("evil"));
                    to.appendChild(m.createTextNode(text.substring(9)));
                }),
                addressed(
                        "A-S14",
                        "a comment in wsa:To cannot end it",
                        sec("sec.wss.failed_check"),
                        (m, to) -> to.appendChild(m.createTextNode("/evil"))),
                addressed(
                        "A-S14",
                        "a processing instruction in wsa:To",
                        malformed("xml.pi"),
                        (m, to) -> to.appendChild(m.createProcessingInstruction("evil", "evil"))));
    }

    private static Stream<Row> namespaces() {
        return join(
                spoiled(
                        "A-S12",
                        "prefixes of the body given another meaning outside",
                        served(),
                        r -> r.encrypted(m -> {
                            for (String prefix : new String[] {"o", "c", "h"}) {
                                m.getDocumentElement()
                                        .setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:" + prefix, "urn:evil");
                            }
                        })),
                spoiled(
                        "A-S12",
                        "a default namespace injected outside",
                        served(),
                        r -> r.encrypted(m -> m.getDocumentElement()
                                .setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns", "urn:evil"))),
                spoiled(
                        "A-S12",
                        "a prefix of the body redefined on the body",
                        sec("sec.wss.failed_check"),
                        r -> r.signed(m -> SoapEnvelope.payload(m)
                                .setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:o", "urn:evil"))),
                type("A-S13", "a type whose prefix means something else outside", "p:OrderInput", "urn:evil"),
                type(
                        "A-S13",
                        "a type whose prefix means another type of ours",
                        "p:createOrder",
                        "urn:crmgateway:order:v1"),
                type("A-S13", "a type whose prefix means nothing", "q:OrderInput", "urn:evil"));
    }

    /** The type is named by a prefix that exclusive canonicalization does not see, so its meaning is not signed. */
    private static Stream<Row> type(String id, String name, String type, String meaning) {
        return spoiled(
                id,
                name,
                fault(Code.SCHEMA_VIOLATION),
                r -> r.built(m -> SoapEnvelope.child(SoapEnvelope.payload(m), "order")
                                .setAttributeNS(XSI, "xsi:type", type))
                        .built(m -> SoapEnvelope.child(SoapEnvelope.payload(m), "order")
                                .setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:xsi", XSI))
                        .signed(m -> m.getDocumentElement()
                                .setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:p", meaning)));
    }

    private static Stream<Row> addressed(
            String id, String name, Expected expected, java.util.function.BiConsumer<Document, Element> cut) {
        return Stream.of(SoapEnvelope.values())
                .map(version -> row(
                        id,
                        name,
                        expected,
                        Dialect.MODERN,
                        version,
                        (e, r) -> r.header("<wsa:To>" + e.gateway().services() + "/order/v1/modern" + version.suffix()
                                        + "</wsa:To>")
                                .encrypted(m -> cut.accept(m, SoapEnvelope.child(header(m), "To")))));
    }

    /** The encrypted message is wrapped. */
    private static Stream<Row> wrapped(String id, String name, Expected expected, Consumer<Document> cut) {
        return spoiled(id, name, expected, r -> r.encrypted(cut));
    }

    /** The signed message is wrapped, and encrypted then: nothing of it is seen before it is decrypted. */
    private static Stream<Row> before(String id, String name, Expected expected, Consumer<Document> cut) {
        return spoiled(id, name, expected, r -> r.signed(cut));
    }

    private static void move(Document message, Element into, String id) {
        Element signed = body(message);
        signed.getParentNode().replaceChild(other(message, id), signed);
        into.appendChild(signed);
    }

    private static Element other(Document message, String id) {
        Element other = message.createElementNS(message.getDocumentElement().getNamespaceURI(), "env:Body");
        other.appendChild(payload(message));
        Surgery.id(other, id);
        return other;
    }

    private static Element payload(Document message) {
        String evil = Payload.order().replace("{n}", "EVIL").replace("{canary}", "EVIL");
        return (Element) message.importNode(SoapEnvelope.parse(evil).getDocumentElement(), true);
    }

    @SafeVarargs
    private static Stream<Row> join(Stream<Row>... families) {
        return Stream.of(families).flatMap(family -> family);
    }
}
