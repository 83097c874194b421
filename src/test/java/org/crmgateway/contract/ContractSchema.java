package org.crmgateway.contract;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** The contract's schemas as the JDK's validator reads them. */
final class ContractSchema {
    private final Schema schema;

    ContractSchema() throws SAXException {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
        schema = factory.newSchema(List.of("customer-messages-v1.xsd", "order-messages-v1.xsd", "fault-v1.xsd").stream()
                .map(name -> new StreamSource(Path.of("xsd", name).toFile()))
                .toArray(Source[]::new));
    }

    /** What is wrong with {@code xml}, in the validator's words; empty when it is valid. */
    List<String> errors(String xml) {
        return errors(new StreamSource(new StringReader(xml)));
    }

    List<String> errors(Source xml) {
        List<String> errors = new ArrayList<>();
        Validator validator = schema.newValidator();
        validator.setErrorHandler(new ErrorHandler() {
            @Override
            public void warning(SAXParseException e) {
                errors.add(e.getMessage());
            }

            @Override
            public void error(SAXParseException e) {
                errors.add(e.getMessage());
            }

            @Override
            public void fatalError(SAXParseException e) {
                errors.add(e.getMessage());
            }
        });
        try {
            validator.validate(xml);
        } catch (SAXException e) {
            errors.add(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return errors;
    }
}
