package org.crmgateway.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBElement;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import javax.xml.namespace.QName;
import javax.xml.transform.stream.StreamSource;
import org.crmgateway.call.Call;
import org.crmgateway.call.Language;
import org.crmgateway.call.Request;
import org.crmgateway.contract.Examples;
import org.crmgateway.contract.fault.GatewayFault;
import org.crmgateway.contract.header.RequestHeader;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.partner.Operation;
import org.crmgateway.record.TestRooms;
import org.junit.jupiter.api.Test;

/** The contract's examples are what the endpoints answer. */
final class StoryTest {
    private final TestRooms rooms = TestRooms.on(TestDatabases.h2());

    @Test
    void everyExampleIsWhatTheEndpointAnswers() throws Exception {
        JAXBContext context = JAXBContext.newInstance(
                "org.crmgateway.contract.customer:org.crmgateway.contract.order:org.crmgateway.contract.fault");
        for (String step : Examples.story()) {
            String expected = Examples.answer(step);
            if (step.endsWith("-fault")) {
                GatewayFault fault = context.createUnmarshaller()
                        .unmarshal(source(expected), GatewayFault.class)
                        .getValue();
                if (!fault.getCode().equals(Code.SCHEMA_VIOLATION.name())) {
                    assertFault(step, fault, context);
                }
            } else {
                StringWriter actual = new StringWriter();
                context.createMarshaller().marshal(element(step, play(step, context)), actual);
                assertThat(Examples.difference(expected, actual.toString()))
                        .as(step)
                        .isEmpty();
            }
            rooms.sealer().seal();
        }
    }

    private void assertFault(String step, GatewayFault expected, JAXBContext context) throws Exception {
        try {
            play(step, context);
            fail(step + " was not refused");
        } catch (Failure failure) {
            assertThat(failure.code().name()).as(step).isEqualTo(expected.getCode());
            assertThat(failure.code().category().name()).isEqualTo(expected.getCategory());
            assertThat(failure.code().english())
                    .isEqualTo(expected.getText().get(0).getValue());
            assertThat(failure.detail().currentVersion()).as(step).isEqualTo(expected.getCurrentVersion());
            assertThat(failure.detail().recordId() == null).as(step).isEqualTo(expected.getRecordId() == null);
            assertThat(failure.detail().violations())
                    .isEqualTo(expected.getViolation().stream()
                            .map(violation ->
                                    new org.crmgateway.failure.Violation(violation.getPath(), violation.getRule()))
                            .toList());
        }
    }

    private Object play(String step, JAXBContext context) throws Exception {
        String operation = step.replace("-fault", "");
        Object request =
                ((JAXBElement<?>) context.createUnmarshaller().unmarshal(source(Examples.request(step)))).getValue();
        Call call = call(operation, request, Examples.request(step));
        Object endpoint = operation.contains("Customer")
                ? new CustomerEndpoint(call, rooms.customers())
                : new OrderEndpoint(call, rooms.orders());
        Method method = Arrays.stream(endpoint.getClass().getMethods())
                .filter(candidate -> candidate.getName().equals(operation))
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        try {
            return method.invoke(endpoint, request);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw e;
        }
    }

    private Call call(String operation, Object request, String xml) throws Exception {
        RequestHeader header =
                (RequestHeader) request.getClass().getMethod("getRequestHeader").invoke(request);
        String payload = xml.replaceAll("(?s)<[a-z]+:requestHeader>.*</[a-z]+:requestHeader>", "");
        Call call = rooms.call(Operation.named(operation).orElseThrow(), null, payload);
        if (header == null) {
            return call;
        }
        return call.with(new Request(
                header.getIdempotencyKey(),
                header.getCorrelationId(),
                Language.ENGLISH,
                Boolean.TRUE.equals(header.isValidateOnly()),
                call.request().payload()));
    }

    @SuppressWarnings("unchecked")
    private static JAXBElement<Object> element(String operation, Object response) {
        String area = operation.contains("Customer") ? "customer" : "order";
        QName name = new QName("urn:crmgateway:" + area + ":v1", operation + "Response");
        return new JAXBElement<>(name, (Class<Object>) response.getClass(), response);
    }

    private static StreamSource source(String xml) {
        return new StreamSource(new StringReader(xml));
    }
}
