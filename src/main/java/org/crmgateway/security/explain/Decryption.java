package org.crmgateway.security.explain;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;
import org.apache.cxf.staxutils.StaxUtils;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.security.KeyRing;
import org.crmgateway.security.Refusal;
import org.crmgateway.security.Shape;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Decrypts a body with whichever of the gateway's keys does it. What comes out never leaves the process by itself. */
final class Decryption {
    private final KeyRing keys;
    private final Shape shape;

    Decryption(KeyRing keys, Shape shape) {
        this.keys = keys;
        this.shape = shape;
    }

    /**
     * How far it went.
     *
     * @param key whether a key of the gateway opened the encrypted key
     * @param plain a copy of the message with the body decrypted; the message itself when nothing was encrypted
     */
    record Result(boolean key, Optional<Parts> plain) {}

    Result run(Parts parts) {
        if (parts.encryptedData().isEmpty()) {
            return new Result(false, Optional.of(parts));
        }
        if (parts.encryptedKey().isEmpty()) {
            return new Result(false, Optional.empty());
        }
        Element data = parts.encryptedData().get();
        String algorithm = Parts.algorithm(data, Parts.XENC, "EncryptionMethod");
        boolean opened = false;
        for (KeyPairAndCertificate own : keys.own().all()) {
            try {
                XMLCipher unwrap = XMLCipher.getInstance();
                unwrap.init(XMLCipher.UNWRAP_MODE, own.key());
                Key key = unwrap.decryptKey(
                        unwrap.loadEncryptedKey(
                                parts.document(), parts.encryptedKey().get()),
                        algorithm);
                opened = true;
                XMLCipher decrypt = XMLCipher.getInstance();
                decrypt.init(XMLCipher.DECRYPT_MODE, key);
                return new Result(true, Optional.of(replaced(parts, decrypt.decryptToByteArray(data))));
            } catch (XMLSecurityException | XMLStreamException | Refusal | IllegalArgumentException e) {
                // The next key, perhaps.
                continue;
            }
        }
        return new Result(opened, Optional.empty());
    }

    /** Read by the parser that reads messages, with its limits: the text is a stranger's. */
    private Parts replaced(Parts parts, byte[] content) throws XMLStreamException {
        Document copy = (Document) parts.document().cloneNode(true);
        Element data = Parts.of(copy).encryptedData().orElseThrow();
        Element read = StaxUtils.read(shape.open(wrapped(data, content))).getDocumentElement();
        Node place = data.getParentNode();
        for (Node node = read.getFirstChild(); node != null; node = node.getNextSibling()) {
            place.insertBefore(copy.importNode(node, true), data);
        }
        place.removeChild(data);
        return Parts.of(copy);
    }

    private static byte[] wrapped(Element place, byte[] content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        StringBuilder open = new StringBuilder("<content");
        namespaces(place)
                .forEach((name, uri) -> open.append(' ')
                        .append(name)
                        .append("=\"")
                        .append(uri.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"))
                        .append('"'));
        all.writeBytes(open.append('>').toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(content);
        all.writeBytes("</content>".getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }

    /** What is declared where the content stands; the nearest declaration counts. */
    static Map<String, String> namespaces(Element place) {
        Map<String, String> declared = new TreeMap<>();
        for (Node node = place; node instanceof Element element; node = node.getParentNode()) {
            var attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                Node attribute = attributes.item(i);
                if ("http://www.w3.org/2000/xmlns/".equals(attribute.getNamespaceURI())) {
                    declared.putIfAbsent(attribute.getNodeName(), attribute.getNodeValue());
                }
            }
        }
        return declared;
    }
}
