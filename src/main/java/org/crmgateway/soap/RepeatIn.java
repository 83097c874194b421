package org.crmgateway.soap;

import java.util.List;
import org.apache.cxf.interceptor.Interceptor;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.wsdl.interceptors.DocLiteralInInterceptor;
import org.crmgateway.call.Call;
import org.crmgateway.idempotency.Idempotency;
import org.crmgateway.idempotency.StoredAnswer;
import org.crmgateway.security.Refusal;

/**
 * A write in bytes that came before is never executed again: it gets its stored answer without being read, or is refused.
 * So the silent resend of a client library is harmless.
 */
final class RepeatIn extends AbstractPhaseInterceptor<Message> {
    private final Idempotency idempotency;

    RepeatIn(Idempotency idempotency) {
        super(Phase.POST_PROTOCOL);
        this.idempotency = idempotency;
    }

    @Override
    public void handleMessage(Message message) {
        Call call = message.getExchange().get(Call.class);
        if (!call.message().repeated() || !call.operation().write()) {
            return;
        }
        StoredAnswer stored = idempotency.answerTo(call).orElseThrow(() -> Refusal.security("sec.replay"));
        message.getExchange().put(StoredAnswer.class, stored);
        message.setContent(List.class, List.of());
        for (Interceptor<? extends Message> interceptor : message.getInterceptorChain()) {
            if (interceptor instanceof DocLiteralInInterceptor) {
                message.getInterceptorChain().remove(interceptor);
            }
        }
    }
}
