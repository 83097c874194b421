package org.crmgateway.soap;

import java.net.URL;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** The compiled schema of an area's messages, from the contract's files on the class path. */
final class ContractSchema {
    private ContractSchema() {}

    static Schema of(Area area) {
        String file = "contract/xsd/" + area.label() + "-messages-v1.xsd";
        URL url = Objects.requireNonNull(ContractSchema.class.getClassLoader().getResource(file), file);
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        try {
            // Its own imports only, wherever the class path is; never the network.
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file,jar:file");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            return factory.newSchema(new StreamSource(url.toString()));
        } catch (SAXException e) {
            throw new IllegalStateException("the contract's schema is valid", e);
        }
    }
}
