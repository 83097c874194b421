package org.crmgateway.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The contract's files, as they lie on the class path under {@code contract/}; names are relative to that. */
final class ContractFiles {
    /** The services, by the name that stands in namespaces, file names and addresses. */
    static final List<String> AREAS = List.of("customer", "order");

    /** The dialects with an endpoint, by the label that stands in addresses. */
    static final List<String> DIALECTS = List.of("modern", "compatible", "username-tls", "legacy-2005", "sandbox");

    /** The dialects that have a policy. */
    static final List<String> SECURED_DIALECTS = List.of("modern", "compatible", "username-tls", "legacy-2005");

    /** The dialects whose faults may be encrypted. */
    static final List<String> ENCRYPTING_DIALECTS = List.of("modern", "compatible", "legacy-2005");

    /** The dialects there are where there is TLS only. */
    static final List<String> TLS_DIALECTS = List.of("username-tls");

    static final List<String> SCHEMAS = List.of(
            "common-v1.xsd",
            "header-v1.xsd",
            "fault-v1.xsd",
            "customer-v1.xsd",
            "customer-messages-v1.xsd",
            "order-v1.xsd",
            "order-messages-v1.xsd");

    private static final String ROOT = "/contract/";

    /** @throws IllegalArgumentException when there is no such file */
    byte[] bytes(String name) {
        try (InputStream file = ContractFiles.class.getResourceAsStream(ROOT + name)) {
            if (file == null) {
                throw new IllegalArgumentException("no contract file " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The steps of the story the examples tell: an operation's name, or that and {@code -fault}. */
    List<String> steps() {
        return new String(bytes("wsdl/examples/sequence.txt"), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** The file names of a step's request and answer. */
    static List<String> examples(String step) {
        return List.of(step + "-request.xml", step.endsWith("-fault") ? step + ".xml" : step + "-response.xml");
    }

    XmlDocument wsdl(String area) {
        return XmlDocument.parse(bytes("wsdl/" + area + "-v1.wsdl"));
    }

    XmlDocument policy(String dialect) {
        return XmlDocument.parse(bytes("wsdl/policies/" + dialect + ".xml"));
    }

    XmlDocument schema(String name) {
        return XmlDocument.parse(bytes("xsd/" + name));
    }
}
