package org.crmgateway.attack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.crmgateway.bench.BenchGateway;
import org.crmgateway.bench.EventLoop;
import org.crmgateway.bench.Exchange;
import org.crmgateway.bench.Sample;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireSecurity;

/**
 * An ERP's calls at even intervals, whether or not earlier ones are answered: reads and creates in turn, signed and encrypted,
 * each on a connection of its own.
 */
final class GenuineCalls {
    static final String PARTNER = "erp";
    /** Of a phase, in nanoseconds. */
    private static final long PART = 5_000_000_000L;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BenchGateway gateway;
    private final WireSecurity security;
    private final int perSecond;
    private int orders;

    GenuineCalls(BenchGateway gateway, int perSecond) {
        this.gateway = gateway;
        this.security = gateway.security(PARTNER, Dialect.MODERN);
        this.perSecond = perSecond;
    }

    /**
     * What came of a phase.
     *
     * @param times from when a call was due to the end of its answer, in milliseconds; of those answered
     * @param slowest of those due in each five seconds, in order
     * @param late how much later than due a call was sent at most, in milliseconds: what the sender itself adds
     * @param answers how often each came; success is 200
     */
    record Result(int sent, Sample times, List<Long> slowest, double late, Map<String, Integer> answers) {
        int answered() {
            return times.count();
        }

        int lost() {
            return sent - answered();
        }
    }

    /** Creates the customer that all calls are about. */
    void prepare() {
        int status = gateway.client()
                .post(
                        "customer/v1/modern",
                        SoapEnvelope.SOAP_11,
                        "urn:crmgateway:customer:v1:createCustomer",
                        SoapEnvelope.bytes(
                                security.protect(SoapEnvelope.SOAP_11.around(Examples.request("createCustomer")))))
                .status();
        if (status != 200) {
            throw new IllegalStateException("createCustomer: " + status);
        }
    }

    /**
     * Requests for so long, signed now: each is good for five minutes.
     *
     * @throws IllegalArgumentException when the last would be too old
     */
    List<byte[]> sign(Duration time) {
        if (time.toSeconds() > 240) {
            throw new IllegalArgumentException("signed messages are good for five minutes; a phase may take four");
        }
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < time.toSeconds() * perSecond; i++) {
            requests.add(i % 2 == 0 ? getCustomer() : createOrder());
        }
        return requests;
    }

    byte[] getCustomer() {
        return request("customer", Examples.request("getCustomer"));
    }

    private byte[] createOrder() {
        String number = "BENCH-" + ++orders;
        return request(
                "order",
                Examples.request("createOrder")
                        .replace("SO-2026-000481", number)
                        .replace("ORDERS05-0000000000718252", number));
    }

    private byte[] request(String area, String payload) {
        byte[] message = SoapEnvelope.bytes(security.protect(SoapEnvelope.SOAP_11.around(payload)));
        return HostileMessages.post("/services/" + area + "/v1/modern", message);
    }

    /** Sends them, and waits for the last answer. */
    Result run(List<byte[]> requests) throws IOException {
        try (EventLoop loop = new EventLoop()) {
            Phase phase = new Phase(loop, requests);
            loop.run(phase::done);
            return phase.result();
        }
    }

    private final class Phase {
        private final EventLoop loop;
        private final List<byte[]> requests;
        private final long start = System.nanoTime();
        private final Sample times = new Sample();
        private final Map<Long, Long> slowest = new TreeMap<>();
        private final Map<String, Integer> answers = new TreeMap<>();
        private int ended;
        private double late;

        Phase(EventLoop loop, List<byte[]> requests) {
            this.loop = loop;
            this.requests = requests;
            for (int i = 0; i < requests.size(); i++) {
                byte[] request = requests.get(i);
                long due = start + i * 1_000_000_000L / perSecond;
                loop.at(due, () -> send(request, due));
            }
        }

        private void send(byte[] request, long due) {
            late = Math.max(late, (System.nanoTime() - due) / 1e6);
            Exchange.begin(loop, null, gateway.address(), ByteBuffer.wrap(request), PATIENCE, end -> {
                ended++;
                answers.merge(end.answer(), 1, Integer::sum);
                if (end.status() == 200) {
                    double millis = (end.nanos() - due) / 1e6;
                    times.add(millis);
                    slowest.merge((due - start) / PART, (long) millis, Math::max);
                }
            });
        }

        boolean done() {
            return ended == requests.size();
        }

        Result result() {
            return new Result(requests.size(), times, List.copyOf(slowest.values()), late, answers);
        }
    }
}
