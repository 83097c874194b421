package org.crmgateway.soap;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.Soap12;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.SoapVersion;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.crmgateway.audit.RefusalTrail;
import org.crmgateway.call.Call;
import org.crmgateway.call.CallId;
import org.crmgateway.call.Language;
import org.crmgateway.call.Passage;
import org.crmgateway.call.WireBytes;
import org.crmgateway.failure.Category;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.security.EndpointAddress;
import org.crmgateway.security.Refusal;
import org.crmgateway.security.RefusedMessage;
import org.crmgateway.security.RefusedMessages;
import org.crmgateway.telemetry.InternalLog;
import org.jspecify.annotations.Nullable;

/**
 * Turns whatever was thrown, anywhere on the way, into one of two things: the contract's declared fault for a partner who is
 * known, or a constant refusal for anyone else. Nothing of an exception's own text leaves the gateway.
 */
final class FaultOut extends AbstractSoapInterceptor {
    /** Some clients hide what comes with a 400. */
    private static final int STATUS = 500;

    private static final String SELF_TEST = "self-test";

    private final GatewayFaults faults = new GatewayFaults();
    private final InternalLog internal = new InternalLog();
    private final RefusedMessages refused;
    private final EndpointAddress endpoint;
    private final RefusalTrail trail;

    FaultOut(RefusedMessages refused, EndpointAddress endpoint, RefusalTrail trail) {
        super(Phase.SETUP);
        this.refused = refused;
        this.endpoint = endpoint;
        this.trail = trail;
    }

    @Override
    public void handleMessage(SoapMessage message) {
        Exchange exchange = message.getExchange();
        Exception thrown = message.getContent(Exception.class);
        CallId id = exchange.get(CallId.class);
        Call call = exchange.get(Call.class);
        Optional<Refusal> refusal = refusal(thrown, call);
        SoapFault fault;
        if (refusal.isPresent()) {
            refused.note(message(message, id, refusal.get()));
            Throwable cause = refusal.get().getCause();
            if (cause != null && refusal.get().ours()) {
                internal.log(id, cause);
            } else if (cause != null) {
                // Thrown by a library over a stranger's message.
                internal.brief(id, cause);
            }
            trail.note(id, call, refusal.get().reason(), id.ofSelfTest() ? SELF_TEST : source(exchange));
            LimitIn.passage(exchange.getInMessage()).ifPresent(passage -> passage.refused(id));
            exchange.put(Refusal.class, refusal.get());
            fault = constant(refusal.get(), message.getVersion());
        } else {
            Failure failure = failure(exchange, thrown);
            if (failure.code().category() == Category.INTERNAL) {
                internal.log(id, thrown);
            }
            trail.note(id, call, failure.code().name(), source(exchange));
            exchange.put(Failure.class, failure);
            fault = declared(failure, thrown, message.getVersion());
            if (call != null) {
                faults.write(failure, id, language(exchange), fault.getOrCreateDetail());
            }
        }
        fault.setStatusCode(STATUS);
        message.setContent(Exception.class, fault);
    }

    private RefusedMessage message(SoapMessage message, CallId id, Refusal refusal) {
        Exchange exchange = message.getExchange();
        // A password in clear is not kept, and there is nothing in its message to look into.
        byte[] bytes = endpoint.dialect().signed() && exchange.get(WireBytes.ATTRIBUTE) instanceof byte[] wire
                ? wire
                : new byte[0];
        Object contentType = exchange.getInMessage().get(Message.CONTENT_TYPE);
        return new RefusedMessage(
                id,
                exchange.get(Instant.class),
                endpoint,
                message.getVersion().getNamespace(),
                EnvelopeIn.charset(contentType instanceof String text ? text : null),
                source(exchange),
                refusal.kind(),
                refusal.reason(),
                bytes);
    }

    private static String source(Exchange exchange) {
        return LimitIn.passage(exchange.getInMessage()).map(Passage::source).orElseGet(() -> peer(exchange));
    }

    private static String peer(Exchange exchange) {
        return exchange.getInMessage().get(AbstractHTTPDestination.HTTP_REQUEST) instanceof HttpServletRequest request
                ? request.getRemoteAddr()
                : "-";
    }

    /** Without a call, everything is a refusal; but that the database is away says nothing about the message. */
    private static Optional<Refusal> refusal(Exception thrown, @Nullable Call call) {
        Optional<Refusal> refusal = find(thrown, Refusal.class);
        if (refusal.isPresent() || call != null) {
            return refusal;
        }
        boolean busy = find(thrown, Failure.class)
                .filter(failure -> failure.code().category() == Category.BUSY)
                .isPresent();
        return busy ? Optional.empty() : Optional.of(Refusal.unexpected("sec.error", thrown));
    }

    private static Failure failure(Exchange exchange, Exception thrown) {
        Optional<Failure> failure = find(thrown, Failure.class);
        if (failure.isPresent()) {
            return failure.get();
        }
        SchemaRules rules = exchange.get(SchemaRules.class);
        if (rules != null && rules.broken()) {
            return rules.failure();
        }
        return mustUnderstand(thrown) ? Failure.of(Code.MALFORMED_MESSAGE) : Failure.internal(thrown);
    }

    private static boolean mustUnderstand(Exception thrown) {
        return thrown instanceof Fault fault
                && fault.getFaultCode() != null
                && fault.getFaultCode().getLocalPart().equals("MustUnderstand");
    }

    private static SoapFault declared(Failure failure, Exception thrown, SoapVersion version) {
        QName code = switch (failure.code().category()) {
            case INVALID, DENIED, NOT_FOUND, CONFLICT ->
                mustUnderstand(thrown) ? version.getMustUnderstand() : version.getSender();
            case BUSY, INTERNAL -> version.getReceiver();
        };
        return text(new SoapFault(failure.code().english(), failure, code), version);
    }

    /** Byte for byte the same for every reason of its kind. */
    private static SoapFault constant(Refusal refusal, SoapVersion version) {
        return text(
                switch (refusal.kind()) {
                    case MALFORMED -> new SoapFault(Code.MALFORMED_MESSAGE.english(), refusal, version.getSender());
                    case VERSION ->
                        new SoapFault(
                                "The message has another SOAP version than this address.",
                                refusal,
                                version.getVersionMismatch());
                    case SECURITY -> security(refusal, version);
                },
                version);
    }

    private static SoapFault security(Refusal refusal, SoapVersion version) {
        String text = "The message is not acceptably secured.";
        if (!(version instanceof Soap12)) {
            return new SoapFault(text, refusal, Refusal.INVALID_SECURITY);
        }
        SoapFault fault = new SoapFault(text, refusal, version.getSender());
        fault.setSubCode(Refusal.INVALID_SECURITY);
        return fault;
    }

    /** SOAP 1.2 names the text's language; in 1.1 the attribute is not allowed. */
    private static SoapFault text(SoapFault fault, SoapVersion version) {
        if (version instanceof Soap12) {
            fault.setLang("en");
        }
        return fault;
    }

    private static Language language(Exchange exchange) {
        PayloadReader reader = exchange.get(PayloadReader.class);
        return reader == null ? Language.ENGLISH : reader.language();
    }

    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** The fault itself could not be sent; what stock CXF leaves then is an empty success. */
    @Override
    public void handleFault(SoapMessage message) {
        CallId id = message.getExchange().get(CallId.class);
        Exception thrown = message.getContent(Exception.class);
        if (find(thrown, IOException.class).isEmpty()) {
            // Otherwise the caller has only gone away.
            internal.log(id, thrown);
        }
        Message request = message.getExchange().getInMessage();
        if (request != null
                && request.get(AbstractHTTPDestination.HTTP_RESPONSE) instanceof HttpServletResponse response
                && !response.isCommitted()) {
            response.reset();
            response.setStatus(STATUS);
            response.setHeader(CallId.HEADER, id.value());
        }
    }
}
