package org.crmgateway.soap;

import javax.xml.stream.XMLStreamReader;
import org.apache.cxf.jaxb.JAXBDataBinding;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.crmgateway.failure.Failure;

/** Behind the gate: the databinding reads through {@link PayloadReader} and tells {@link SchemaRules} what it finds. */
final class PayloadIn extends AbstractPhaseInterceptor<Message> {
    PayloadIn() {
        super(Phase.PRE_UNMARSHAL);
    }

    @Override
    public void handleMessage(Message message) {
        XMLStreamReader payload = message.getContent(XMLStreamReader.class);
        if (payload == null) {
            throw Failure.internal(new IllegalStateException("the gate has handed nothing over"));
        }
        PayloadReader reader = new PayloadReader(payload);
        SchemaRules rules = new SchemaRules(reader);
        message.setContent(XMLStreamReader.class, reader);
        message.put(JAXBDataBinding.READER_VALIDATION_EVENT_HANDLER, rules);
        message.getExchange().put(PayloadReader.class, reader);
        message.getExchange().put(SchemaRules.class, rules);
    }
}
