package org.crmgateway.demo;

import jakarta.xml.soap.SOAPMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.binding.soap.saaj.SAAJInInterceptor;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.helpers.DOMUtils;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.staxutils.StaxUtils;
import org.apache.cxf.ws.security.wss4j.WSS4JOutInterceptor;
import org.crmgateway.demo.WireMessage.Stage;
import org.w3c.dom.Node;

/** Shows what a client sends and receives, as bytes and in the clear, without changing it. */
final class WireTap {
    private final Consumer<WireMessage> seen;

    WireTap(Consumer<WireMessage> seen) {
        this.seen = seen;
    }

    void installIn(Client client, boolean secured) {
        client.getOutInterceptors().add(new SentBytes(secured));
        client.getInInterceptors().add(new ReceivedBytes(secured));
        if (secured) {
            client.getOutInterceptors().add(new SentPlain());
            client.getInInterceptors().add(new ReceivedPlain());
        }
    }

    private void tell(Stage stage, byte[] bytes) {
        seen.accept(new WireMessage(stage, new String(bytes, StandardCharsets.UTF_8)));
    }

    private void tellPlain(Stage stage, SoapMessage message) {
        Node envelope = message.getContent(SOAPMessage.class).getSOAPPart().getDocumentElement();
        seen.accept(new WireMessage(stage, StaxUtils.toString(DOMUtils.getDomElement(envelope))));
    }

    private final class SentPlain extends AbstractSoapInterceptor {
        SentPlain() {
            super(Phase.POST_PROTOCOL);
            addBefore(WSS4JOutInterceptor.class.getName() + "$WSS4JOutInterceptorInternal");
        }

        @Override
        public void handleMessage(SoapMessage message) {
            tellPlain(Stage.SENT_PLAIN, message);
        }
    }

    private final class ReceivedPlain extends AbstractSoapInterceptor {
        ReceivedPlain() {
            super(Phase.PRE_PROTOCOL);
            addAfter(AnswerSecurity.class.getName());
            addAfter(SAAJInInterceptor.class.getName());
        }

        @Override
        public void handleMessage(SoapMessage message) {
            tellPlain(Stage.RECEIVED_PLAIN, message);
        }
    }

    private final class SentBytes extends AbstractPhaseInterceptor<Message> {
        private final boolean secured;

        SentBytes(boolean secured) {
            super(Phase.PRE_STREAM);
            this.secured = secured;
        }

        @Override
        public void handleMessage(Message message) {
            OutputStream wire = message.getContent(OutputStream.class);
            message.setContent(OutputStream.class, new Copying(wire, secured));
        }
    }

    private final class ReceivedBytes extends AbstractPhaseInterceptor<Message> {
        private final boolean secured;

        ReceivedBytes(boolean secured) {
            super(Phase.RECEIVE);
            this.secured = secured;
        }

        @Override
        public void handleMessage(Message message) {
            try (InputStream wire = message.getContent(InputStream.class)) {
                byte[] bytes = wire == null ? new byte[0] : wire.readAllBytes();
                tell(Stage.RECEIVED, bytes);
                if (!secured) {
                    tell(Stage.RECEIVED_PLAIN, bytes);
                }
                message.setContent(InputStream.class, new ByteArrayInputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Keeps what passes, and tells it before the stream is closed, which is when the answer is awaited. */
    private final class Copying extends FilterOutputStream {
        private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
        private final boolean secured;
        private boolean told;

        Copying(OutputStream wire, boolean secured) {
            super(wire);
            this.secured = secured;
        }

        @Override
        public void write(int single) throws IOException {
            out.write(single);
            copy.write(single);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            copy.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            if (!told) {
                told = true;
                if (!secured) {
                    tell(Stage.SENT_PLAIN, copy.toByteArray());
                }
                tell(Stage.SENT, copy.toByteArray());
            }
            out.close();
        }
    }
}
