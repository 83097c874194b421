package org.crmgateway.soap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.interceptor.AbstractOutDatabindingInterceptor;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.Phase;
import org.crmgateway.security.OutboundEnvelope;
import org.crmgateway.security.OutboundSecurity;

/**
 * Opens the envelope that answer or fault is written into, and sends it when all of it is there: until then a failure can still
 * become a fault.
 */
final class EnvelopeOut extends AbstractSoapInterceptor {
    private final OutboundSecurity security;
    private final Ending ending = new Ending();

    EnvelopeOut(OutboundSecurity security) {
        super(Phase.PRE_STREAM);
        this.security = security;
    }

    @Override
    public void handleMessage(SoapMessage message) {
        OutboundEnvelope envelope = security.envelope(message);
        try {
            message.setContent(XMLStreamWriter.class, envelope.body());
        } catch (XMLStreamException e) {
            throw new Fault(e);
        }
        // Else JAXB writes past the envelope, straight to the wire.
        message.put(AbstractOutDatabindingInterceptor.DISABLE_OUTPUTSTREAM_OPTIMIZATION, Boolean.TRUE);
        message.put(Message.ENCODING, StandardCharsets.UTF_8.name());
        message.setContent(OutboundEnvelope.class, envelope);
        message.getInterceptorChain().add(ending);
    }

    private static final class Ending extends AbstractSoapInterceptor {
        Ending() {
            super(Phase.PRE_STREAM_ENDING);
        }

        @Override
        public void handleMessage(SoapMessage message) {
            try {
                byte[] envelope = message.getContent(OutboundEnvelope.class).end();
                message.getContent(OutputStream.class).write(envelope);
            } catch (XMLStreamException | IOException e) {
                throw new Fault(e);
            }
        }
    }
}
