package org.crmgateway.soap;

import java.net.URL;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import javax.xml.validation.ValidatorHandler;
import org.xml.sax.SAXException;

/**
 * The compiled schema of an area's messages, from the contract's files on the class path. A thread validates one message after
 * the other with the same handler, which each start of a document resets: to make one costs more than to validate a small message.
 */
final class ContractSchema extends Schema {
    private final Schema compiled;
    private final ThreadLocal<ValidatorHandler> handlers;

    private ContractSchema(Schema compiled) {
        this.compiled = compiled;
        this.handlers = ThreadLocal.withInitial(compiled::newValidatorHandler);
    }

    static Schema of(Area area) {
        String file = "contract/xsd/" + area.label() + "-messages-v1.xsd";
        URL url = Objects.requireNonNull(ContractSchema.class.getClassLoader().getResource(file), file);
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        try {
            // Its own imports only, wherever the class path is; never the network.
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file,jar:file");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            return new ContractSchema(factory.newSchema(new StreamSource(url.toString())));
        } catch (SAXException e) {
            throw new IllegalStateException("the contract's schema is valid", e);
        }
    }

    @Override
    public ValidatorHandler newValidatorHandler() {
        return handlers.get();
    }

    @Override
    public Validator newValidator() {
        return compiled.newValidator();
    }
}
