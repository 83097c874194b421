package org.crmgateway.soap;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import java.time.Duration;
import java.util.List;
import org.crmgateway.call.CallId;
import org.crmgateway.call.Language;
import org.crmgateway.contract.fault.FaultText;
import org.crmgateway.contract.fault.GatewayFault;
import org.crmgateway.contract.fault.ObjectFactory;
import org.crmgateway.failure.Failure;
import org.glassfish.jaxb.runtime.marshaller.NamespacePrefixMapper;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Writes a failure as the contract's one declared fault. Thread-safe. */
final class GatewayFaults {
    private static final String PREFIXES = "org.glassfish.jaxb.namespacePrefixMapper";

    private final JAXBContext context;

    GatewayFaults() {
        try {
            this.context = JAXBContext.newInstance(ObjectFactory.class);
        } catch (JAXBException e) {
            throw new IllegalStateException("the contract's types are JAXB's own", e);
        }
    }

    /** Puts the fault into {@code detail} as its only child. */
    void write(Failure failure, CallId call, Language language, Element detail) {
        try {
            Marshaller marshaller = context.createMarshaller();
            marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
            marshaller.setProperty(PREFIXES, new Prefixes());
            marshaller.marshal(new ObjectFactory().createGatewayFault(fault(failure, call, language)), detail);
        } catch (JAXBException e) {
            throw new IllegalStateException("a fault can be written", e);
        }
    }

    private static GatewayFault fault(Failure failure, CallId call, Language language) {
        GatewayFault fault = new GatewayFault();
        fault.setCategory(failure.code().category().name());
        fault.setCode(failure.code().name());
        fault.setRetryable(failure.code().retryable());
        fault.setRetryAfterSeconds(seconds(failure.detail().retryAfter()));
        fault.setCallId(call.value());
        fault.getText().add(text("en", failure.code().english()));
        if (language == Language.CHINESE) {
            fault.getText().add(text("zh", failure.code().chinese()));
        }
        fault.setRecordId(failure.detail().recordId());
        fault.setCurrentVersion(failure.detail().currentVersion());
        List<org.crmgateway.contract.common.Violation> violations = fault.getViolation();
        failure.detail().violations().forEach(broken -> violations.add(ReceiptXml.violation(broken)));
        return fault;
    }

    /** Whole seconds, rounded up: never earlier than meant. */
    private static @Nullable Integer seconds(@Nullable Duration duration) {
        return duration == null
                ? null
                : Math.toIntExact(duration.plusMillis(999).toSeconds());
    }

    private static FaultText text(String language, String value) {
        FaultText text = new FaultText();
        text.setLanguage(language);
        text.setValue(value);
        return text;
    }

    /** The prefixes of the answers. */
    private static final class Prefixes extends NamespacePrefixMapper {
        @Override
        public @Nullable String getPreferredPrefix(String namespace, @Nullable String suggestion, boolean required) {
            return Namespaces.PREFIXES.getOrDefault(namespace, suggestion);
        }
    }
}
