package org.crmgateway.soap;

import java.util.Map;
import org.crmgateway.security.ShapeLimits;

/**
 * Limits for the XML that CXF and WSS4J parse without asking us: what WSS4J has just decrypted. Anyone who holds the
 * gateway's public certificate can encrypt, and limits of an endpoint do not reach there; those of the process do.
 */
public final class StaxLimits {
    private static final String CXF = "org.apache.cxf.stax.";

    private StaxLimits() {}

    /**
     * Sets them, and names the parser so that it is not looked up for each message; to be called before the first class of
     * CXF is loaded.
     *
     * @param limits what a message may have
     * @param messageBytes the largest message
     */
    public static void apply(ShapeLimits limits, int messageBytes) {
        Map<String, String> settings = Map.of(
                CXF + "maxElementDepth",
                Integer.toString(limits.depth()),
                CXF + "maxChildElements",
                Integer.toString(limits.children()),
                CXF + "maxElementCount",
                Integer.toString(limits.elements()),
                CXF + "maxAttributeCount",
                Integer.toString(limits.attributes()),
                CXF + "maxAttributeSize",
                Integer.toString(limits.valueLength()),
                CXF + "maxTextLength",
                Integer.toString(messageBytes),
                CXF + "maxXMLCharacters",
                Integer.toString(messageBytes),
                "javax.xml.stream.XMLInputFactory",
                "com.ctc.wstx.stax.WstxInputFactory",
                "javax.xml.stream.XMLOutputFactory",
                "com.ctc.wstx.stax.WstxOutputFactory",
                "javax.xml.stream.XMLEventFactory",
                "com.ctc.wstx.stax.WstxEventFactory");
        settings.forEach(System::setProperty);
    }
}
