package org.crmgateway.soap;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.crmgateway.call.Call;
import org.crmgateway.contract.order.CreateOrderResponse;
import org.crmgateway.contract.order.GetOrderResponse;
import org.crmgateway.contract.order.OrderPort;

/** An order service that remembers which calls reached it, and answers as it is told. */
final class ServedOrders {
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Function<Object, Throwable> failing = request -> null;

    private volatile Runnable meanwhile = () -> {};
    private volatile String status = "PLACED";

    List<Call> calls() {
        return calls;
    }

    void failWith(Throwable failure) {
        failing = request -> failure;
    }

    /** What happens while a call is served. */
    void meanwhile(Runnable what) {
        meanwhile = what;
    }

    /** The status of the order in the next answers. */
    void answerWith(String text) {
        status = text;
    }

    Object endpoint(Call call) {
        return Proxy.newProxyInstance(
                OrderPort.class.getClassLoader(), new Class<?>[] {OrderPort.class}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(this, arguments);
                    }
                    calls.add(call);
                    meanwhile.run();
                    Throwable failure = failing.apply(arguments[0]);
                    if (failure != null) {
                        throw failure;
                    }
                    return answer(call, method.getName());
                });
    }

    private Object answer(Call call, String operation) {
        return switch (operation) {
            case "createOrder" -> {
                CreateOrderResponse response = new CreateOrderResponse();
                response.setResponseHeader(ReceiptXml.header(call, false));
                org.crmgateway.contract.common.Receipt receipt = new org.crmgateway.contract.common.Receipt();
                receipt.setId("O1");
                receipt.setVersion(1);
                receipt.setOutcome("created");
                receipt.setStatus(status);
                response.setReceipt(receipt);
                yield response;
            }
            case "getOrder" -> {
                GetOrderResponse response = new GetOrderResponse();
                response.setResponseHeader(ReceiptXml.header(call, false));
                yield response;
            }
            default -> throw new IllegalArgumentException(operation);
        };
    }
}
