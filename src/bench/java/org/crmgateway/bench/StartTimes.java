package org.crmgateway.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.crmgateway.contract.Examples;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** From the start of the process to its first answer, with the class-data archive and without, in turn, on the same data. */
@Command(name = "start", mixinStandardHelpOptions = true, sortOptions = false)
final class StartTimes implements Callable<Integer> {
    private static final double BAR = 0.75;

    @Option(names = "--rounds", description = "of which the medians count (default: ${DEFAULT-VALUE})")
    private int rounds = 7;

    @Option(names = "--program", description = "start script of the gateway (default: ${DEFAULT-VALUE})")
    private Path program = Path.of("crm-gateway");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new StartTimes()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path work = Files.createTempDirectory("crm-gateway-start");
        // The JDK's own archive, which it has anyway.
        Path own = Path.of(System.getProperty("java.home"), "lib", "server", "classes.jsa");
        Map<String, String> without = Map.of("JAVA_OPTS", "-XX:SharedArchiveFile=" + own);
        try (Table table = new Table("start")) {
            // Makes keys and database.
            millis(work, Map.of());
            Sample fast = new Sample();
            Sample slow = new Sample();
            for (int round = 1; round <= rounds; round++) {
                fast.add(millis(work, Map.of()));
                slow.add(millis(work, without));
            }
            double ratio = fast.median() / slow.median();
            table.line("first answer after the start", "ms");
            table.line("with the archive", fast.median());
            table.line("without", slow.median());
            table.line("ratio", ratio, "bar", BAR, ratio <= BAR ? "held" : "MISSED");
            return ratio <= BAR ? 0 : 1;
        } finally {
            try (Stream<Path> all = Files.walk(work)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private double millis(Path work, Map<String, String> settings) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        GatewayProcess process = GatewayProcess.launch(program.toAbsolutePath(), work, settings);
        URI base = process.awaitReady(HttpClient.newHttpClient());
        byte[] message = SoapEnvelope.bytes(SoapEnvelope.SOAP_11.around(Examples.request("searchCustomers")));
        int status = new WireClient(base.resolve("/services"))
                .post(
                        "customer/v1/sandbox",
                        SoapEnvelope.SOAP_11,
                        "urn:crmgateway:customer:v1:searchCustomers",
                        message)
                .status();
        double took = (System.nanoTime() - begun) / 1e6;
        process.stop();
        if (status != 200) {
            throw new IllegalStateException("searchCustomers: " + status);
        }
        System.err.println(Math.round(took) + " ms");
        return took;
    }
}
