package org.crmgateway.security;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.util.SymbolTable;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLResolver;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;

/** Opens parsers for messages of strangers. Thread-safe. */
final class MessageReader {
    private final XMLInputFactory factory = new PrivateNames();

    MessageReader(ShapeLimits limits) {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory2.P_INTERN_NAMES, false);
        factory.setProperty(XMLInputFactory2.P_INTERN_NS_URIS, false);
        // Errors come from next(), where the scan expects them.
        factory.setProperty(WstxInputProperties.P_LAZY_PARSING, false);
        factory.setProperty(
                WstxInputProperties.P_UNDECLARED_ENTITY_RESOLVER, (XMLResolver) (publicId, systemId, base, name) -> {
                    throw Refusal.malformed("xml.entity");
                });
        // The parser builds one element before the scan can count its parts, so it must stop by itself somewhere.
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 4 * limits.attributes());
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 16 * limits.valueLength());
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, 2 * limits.depth());
    }

    XMLStreamReader open(Reader characters) throws XMLStreamException {
        return factory.createXMLStreamReader(characters);
    }

    /**
     * Forgets the names of a message with the message. Stock Woodstox adds them to a table that all messages share, and
     * whose hash can be made to collide, so one message of a stranger would slow down those of everyone.
     */
    private static final class PrivateNames extends WstxInputFactory {
        @Override
        public synchronized void updateSymbolTable(SymbolTable names) {
            // Not kept.
        }
    }
}
