package org.crmgateway.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;

/**
 * What Jazzer runs: bytes, sent to the port. The first byte says to which endpoint, so that one corpus serves all. Run by
 * {@code src/fuzz/run}, which names the folder for what is reported.
 */
public final class PortFuzzer {
    private static final Path REPORT = Path.of(System.getProperty("fuzz.report", "target/fuzz"));
    private static final long MOST_GROWTH = 24L << 20;
    private static final int WARM_UP = 2_000;

    private static FuzzedGateway gateway;
    private static long sent;
    private static long heapBefore;

    private PortFuzzer() {}

    /** Where a message goes. */
    private enum Door {
        MODERN("order/v1/modern", SoapEnvelope.SOAP_11),
        COMPATIBLE("customer/v1/compatible", SoapEnvelope.SOAP_12),
        SANDBOX_ORDER("order/v1/sandbox", SoapEnvelope.SOAP_11),
        SANDBOX_CUSTOMER("customer/v1/sandbox", SoapEnvelope.SOAP_12);

        private final String path;
        private final SoapEnvelope version;

        Door(String path, SoapEnvelope version) {
            this.path = path;
            this.version = version;
        }
    }

    /** Called by Jazzer once, before the first message. */
    public static void fuzzerInitialize() throws IOException {
        Path folder = Files.createDirectories(
                REPORT.resolve("gateway-" + ProcessHandle.current().pid()));
        gateway = new FuzzedGateway(folder);
        seeds(Files.createDirectories(REPORT.resolve("seeds")));
    }

    /** The contract's requests, and messages of this run's keys, so that mutations get past the first look. */
    private static void seeds(Path folder) throws IOException {
        for (String step : Examples.story()) {
            Door door = step.contains("Customer") ? Door.SANDBOX_CUSTOMER : Door.SANDBOX_ORDER;
            seed(folder.resolve(step), door, SoapEnvelope.bytes(door.version.around(Examples.request(step))));
        }
        seed(folder.resolve("modern"), Door.MODERN, secured(Door.MODERN, Dialect.MODERN, "createOrder"));
        seed(
                folder.resolve("compatible"),
                Door.COMPATIBLE,
                secured(Door.COMPATIBLE, Dialect.COMPATIBLE, "createCustomer"));
    }

    private static byte[] secured(Door door, Dialect dialect, String operation) {
        return SoapEnvelope.bytes(
                gateway.running().security(dialect).protect(door.version.around(Examples.request(operation))));
    }

    private static void seed(Path file, Door door, byte[] message) throws IOException {
        byte[] seed = new byte[message.length + 1];
        seed[0] = (byte) door.ordinal();
        System.arraycopy(message, 0, seed, 1, message.length);
        Files.write(file, seed);
    }

    /** Called by Jazzer for each message; anything thrown is a finding. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Door door = Door.values()[(data[0] & 0xFF) % Door.values().length];
        gateway.send(door.path, door.version, "", Arrays.copyOfRange(data, 1, data.length));
        if (++sent == WARM_UP) {
            heapBefore = heap();
            gateway.forgetSlowest();
        }
    }

    /** Called by Jazzer at the end: what took longest, and whether memory stayed where it was. */
    public static void fuzzerTearDown() throws IOException {
        FuzzedGateway.Slowest slowest = gateway.slowest();
        Files.write(REPORT.resolve("slowest"), slowest.message());
        long growth = sent < WARM_UP ? 0 : heap() - heapBefore;
        String report = "messages: %d, slowest: %d ms (%d bytes, kept in %s), heap grew by %d KiB%n"
                .formatted(
                        sent,
                        slowest.took().toMillis(),
                        slowest.message().length,
                        REPORT.resolve("slowest"),
                        growth / 1024);
        System.err.print(report);
        Files.write(REPORT.resolve("report.txt"), report.getBytes(StandardCharsets.UTF_8));
        gateway.close();
        if (growth > MOST_GROWTH) {
            throw new AssertionError("the heap grew by " + growth + " bytes");
        }
    }

    /** What is alive. */
    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
