package org.crmgateway.wire;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.wss4j.common.WSS4JConstants;
import org.apache.wss4j.dom.WSConstants;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.security.KeyPairAndCertificate;

/**
 * Realistic mistakes of ERP toolkits and proxies, each with the words that name its cause.
 *
 * @param cause what the first line of the explanation must contain
 * @param dialect of the address
 * @param twice whether it is sent once before
 */
record ExplainedRefusals(String name, String cause, Dialect dialect, boolean twice, Supplier<byte[]> message) {
    private static final String WSA = "http://www.w3.org/2005/08/addressing";

    /** All of them, made for one gateway. */
    static List<ExplainedRefusals> all(
            RunningGateway gateway, KeyPairAndCertificate stranger, KeyPairAndCertificate suspended) {
        WireSecurity good = gateway.security(Dialect.MODERN);
        X509Certificate compatible = gateway.security(Dialect.COMPATIBLE).certificate();
        Mistakes all = new Mistakes(good);

        // Changed behind the signature, before encryption
        all.add(
                "body re-indented",
                "the Body was re-indented",
                step -> step.beforeSigning(ExplainedRefusals::flat)
                        .afterSigning(inBody(text -> text.replace("><", ">\n  <"))));
        all.add(
                "indentation removed",
                "indentation of the Body was removed",
                step -> step.afterSigning(inBody(ExplainedRefusals::flat)));
        all.add(
                "CRLF in a text became LF",
                "Body changed from CRLF to LF",
                step -> step.beforeSigning(text -> text.replace("only on weekdays", "only&#13;\non weekdays"))
                        .afterSigning(text -> text.replace("&#13;", "")));
        all.add(
                "LF in a text became CRLF",
                "Body changed from LF to CRLF",
                step -> step.beforeSigning(text -> text.replace("only on weekdays", "only\non weekdays"))
                        .afterSigning(text -> text.replace("only\non weekdays", "only&#13;\non weekdays")));
        all.add(
                "UTF-8 read as ISO-8859-1",
                "charset of the Body was converted",
                step -> step.afterSigning(
                        text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
        all.add(
                "empty element filled",
                "empty elements of the Body were filled",
                step -> step.beforeSigning(text -> flat(text).replace("Delivers only on weekdays.", ""))
                        .afterSigning(inBody(
                                text -> text.replace("<customer:notes/>", "<customer:notes>\n</customer:notes>"))));
        all.add(
                "element added by a middleware",
                "the element addedBy was added",
                step -> step.afterSigning(
                        text -> text.replace("<customer:customer>", "<customer:customer><addedBy>EAI</addedBy>")));
        all.add(
                "ampersand escaped twice",
                "escaped twice",
                step -> step.beforeSigning(text -> text.replace("Maschinenbau GmbH", "Maschinenbau &amp; Sohn GmbH"))
                        .afterSigning(text -> text.replace("&amp; Sohn", "&amp;amp; Sohn")));
        all.add(
                "a value changed",
                "the Body was changed after signing",
                step -> step.afterSigning(text -> text.replace("70565", "70566")));
        all.add(
                "payload prefix rewritten",
                "namespace prefix of the Body was rewritten",
                step -> step.afterSigning(inBody(text -> text.replace("<customer:", "<ns2:")
                        .replace("</customer:", "</ns2:")
                        .replace("xmlns:customer=", "xmlns:ns2="))));

        // Changed on the way
        all.add(
                "envelope prefix rewritten by a proxy",
                "namespace prefix of the Body was rewritten",
                step -> step.onTheWay(text -> text.replace("env:", "soap:").replace("xmlns:env=", "xmlns:soap=")));
        all.add(
                "header re-indented by a proxy",
                "the Timestamp was re-indented",
                step -> step.onTheWay(text -> text.replace("<wsu:Created>", "\n  <wsu:Created>")
                        .replace("<wsu:Expires>", "\n  <wsu:Expires>")));
        all.add(
                "signature element re-indented",
                "the Signature element itself was changed after signing: the SignedInfo was re-indented",
                step -> step.onTheWay(text -> text.replace("<ds:Reference ", "\n<ds:Reference ")));
        all.add(
                "attribute added to a signed header",
                "the attribute env:mustUnderstand was added",
                step -> addressed(step, address(gateway))
                        .signing("Timestamp", "Body", "wsa:To")
                        .onTheWay(text -> text.replace("<wsa:To ", "<wsa:To env:mustUnderstand=\"1\" ")));
        all.add(
                "Id lost",
                "refers to an Id that the message has not",
                step -> step.onTheWay(text -> text.replaceFirst("(<env:Body[^>]*) wsu:Id=\"[^\"]*\"", "$1")));
        all.add(
                "cut off",
                "cut off before its end",
                step -> step.onTheWay(text -> text.substring(0, text.length() - 60)));
        all.add(
                "ciphertext changed",
                "encrypted content was changed or cut",
                step -> step.onTheWay(ExplainedRefusals::spoiled));

        // Time
        all.add("clock ahead", "clock is 43", step -> step.clock(Duration.ofSeconds(43_100)));
        all.add("clock behind", "timestamp is 90", step -> step.clock(Duration.ofSeconds(-9_050)));
        all.add("no timestamp", "no Timestamp", step -> step.withoutTimestamp().signing("Body"));
        all.add(
                "timestamp without Z",
                "not in UTC with a Z",
                step -> step.beforeSigning(text -> text.replace("Z</wsu:", "</wsu:")));

        // Keys and certificates
        all.add(
                good.encryptedFor(stranger.certificate()),
                "encrypted to another certificate",
                "a certificate that is not the gateway's");
        all.add(
                good.signedBy(stranger.key(), stranger.certificate()),
                "unregistered certificate",
                "certificate that is not registered");
        all.add(
                good.signedBy(good.key(), compatible),
                "certificate of another partner",
                "another certificate than it carries: that of partner modern");
        all.add(
                good.signedBy(stranger.key(), good.certificate()),
                "key that does not fit",
                "a key that does not fit its certificate");
        all.add(
                good.signedBy(suspended.key(), suspended.certificate()),
                "suspended partner",
                "the partner resting is suspended");
        WireSecurity other = gateway.security(Dialect.COMPATIBLE);
        all.add(
                good.signedBy(other.key(), other.certificate()),
                "partner of another dialect",
                "the partner compatible may not use this dialect");

        // Algorithms
        all.add(
                "rsa-sha1",
                "rsa-sha1 is not accepted by modern",
                step -> step.signature(signature -> signature.setSignatureAlgorithm(WSS4JConstants.RSA_SHA1)));
        all.add(
                "sha1 digests",
                "algorithm sha1 is not accepted",
                step -> step.signature(signature -> signature.setDigestAlgo(WSS4JConstants.SHA1)));
        all.add(
                "inclusive C14N",
                "REC-xml-c14n-20010315 is not accepted",
                step -> step.signature(
                        signature -> signature.setSigCanonicalization(WSS4JConstants.C14N_OMIT_COMMENTS)));
        all.add(
                "RSA 1.5",
                "rsa-1_5 is not accepted",
                step -> step.encryption(encryption -> encryption.setKeyEncAlgo(WSS4JConstants.KEYTRANSPORT_RSA15)));
        all.add(
                "CBC in modern",
                "aes256-cbc is not accepted by modern",
                step -> step.encryption(encryption -> encryption.setSymmetricEncAlgorithm(WSS4JConstants.AES_256)));

        // What is protected
        all.add("body not signed", "the Body was not signed", step -> step.signing("Timestamp"));
        all.add("timestamp not signed", "the Timestamp was not signed", step -> step.signing("Body"));
        all.add("wsa:To not signed", "the header wsa:To was not signed", step -> addressed(step, address(gateway)));
        all.add("nothing signed", "the message is not signed", step -> step.signing());
        all.add(good.unencrypted(), "not encrypted", "the body is not encrypted");
        all.add("encrypted before signed", "encrypted before it was signed", SteppedMessage::encryptedFirst);
        all.add(
                "another address in wsa:To",
                "wsa:To names another address",
                step -> addressed(step, "http://crm.example.com/services/customer/v1/modern")
                        .signing("Timestamp", "Body", "wsa:To"));
        all.add("actor", "addressed to an actor", step -> step.actor("http://example.com/proxy"));
        all.add(
                "two security headers",
                "two Security headers",
                step -> step.onTheWay(text -> text.replace(
                        "<env:Header>", "<env:Header><s:Security xmlns:s=\"" + WSConstants.WSSE_NS + "\"/>")));
        all.add(
                "user name token beside",
                "a token that no dialect uses (a user name)",
                step -> step.onTheWay(text -> text.replaceFirst("(<wsse:Security[^>]*>)", "$1<wsse:UsernameToken/>")));
        all.twice("sent twice", "the same message was sent twice");
        return all.made;
    }

    private static String address(RunningGateway gateway) {
        return gateway.services() + "/customer/v1/modern";
    }

    private static SteppedMessage addressed(SteppedMessage step, String to) {
        return step.beforeSigning(text ->
                text.replace("<env:Header>", "<env:Header><wsa:To xmlns:wsa=\"" + WSA + "\">" + to + "</wsa:To>"));
    }

    private static String flat(String text) {
        return text.replaceAll(">\\s+<", "><");
    }

    private static UnaryOperator<String> inBody(UnaryOperator<String> change) {
        return text -> {
            int start = text.indexOf("<env:Body");
            return text.substring(0, start) + change.apply(text.substring(start));
        };
    }

    private static String spoiled(String text) {
        int at = text.lastIndexOf("CipherValue>", text.lastIndexOf("</")) - 40;
        return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
    }

    /** The list while it is made. */
    private static final class Mistakes {
        private final WireSecurity good;
        private final String write;
        private final List<ExplainedRefusals> made = new ArrayList<>();

        Mistakes(WireSecurity good) {
            this.good = good;
            this.write = envelope("createCustomer");
        }

        private static String envelope(String step) {
            return SoapEnvelope.text(SoapEnvelope.SOAP_11.around(Examples.request(step)));
        }

        void add(String name, String cause, UnaryOperator<SteppedMessage> mistake) {
            Supplier<byte[]> message =
                    () -> mistake.apply(new SteppedMessage(good, write)).bytes();
            made.add(new ExplainedRefusals(name, cause, Dialect.MODERN, false, message));
        }

        void add(WireSecurity security, String name, String cause) {
            made.add(new ExplainedRefusals(
                    name, cause, Dialect.MODERN, false, () -> new SteppedMessage(security, write).bytes()));
        }

        void twice(String name, String cause) {
            byte[] read = new SteppedMessage(good, envelope("getCustomer")).bytes();
            made.add(new ExplainedRefusals(name, cause, Dialect.MODERN, true, () -> read));
        }
    }
}
