package org.crmgateway.soap;

import java.util.function.Function;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.MessageContentsList;
import org.apache.cxf.service.invoker.AbstractInvoker;
import org.crmgateway.call.Call;
import org.crmgateway.idempotency.StoredAnswer;

/** Makes the endpoint of one message and calls it; or gives the stored answer instead, when there is one. */
final class Invocation extends AbstractInvoker {
    private final Function<Call, Object> endpoints;

    /** @param endpoints makes the implementor of the port of one call */
    Invocation(Function<Call, Object> endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Object invoke(Exchange exchange, Object request) {
        StoredAnswer stored = exchange.get(StoredAnswer.class);
        if (stored != null) {
            return new MessageContentsList(StoredAnswers.response(exchange.get(Call.class), stored));
        }
        return super.invoke(exchange, request);
    }

    @Override
    public Object getServiceObject(Exchange exchange) {
        Call call =
                exchange.get(Call.class).with(exchange.get(PayloadReader.class).request());
        exchange.put(Call.class, call);
        return endpoints.apply(call);
    }
}
