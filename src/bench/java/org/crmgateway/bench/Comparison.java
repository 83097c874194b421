package org.crmgateway.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.crmgateway.contract.Examples;
import org.crmgateway.partner.Dialect;
import org.crmgateway.peer.SpringWs;
import org.crmgateway.peer.StaticBytes;
import org.crmgateway.peer.StockCxf;
import org.crmgateway.security.KeyPairAndCertificate;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireSecurity;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The gateway beside other servers of the same contract: what a call costs, in rounds that take turns. */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false)
final class Comparison implements Callable<Integer> {
    private static final String PARTNER = "erp";
    private static final String CUSTOMER = "urn:crmgateway:customer:v1:";
    private static final String ORDER = "urn:crmgateway:order:v1:";
    private static final int CUSTOMERS = 120;

    @Option(names = "--rounds", description = "of which the medians count (default: ${DEFAULT-VALUE})")
    private int rounds = 5;

    @Option(names = "--calls", description = "in a round, of each kind to each server (default: ${DEFAULT-VALUE})")
    private int calls = 1_500;

    @Option(names = "--warm-up", description = "calls before, of each kind to each server (default: ${DEFAULT-VALUE})")
    private int warmUp = 6_000;

    @Option(names = "--callers", description = "at once, each on a connection of its own (default: ${DEFAULT-VALUE})")
    private int callers = 4;

    @Option(names = "--only", description = "rows in whose name this regular expression is found")
    private String only = "";

    @Option(
            names = "--json",
            description = "a file for the figures: name, unit, ours, peer's, ratio, bar",
            paramLabel = "FILE")
    private @Nullable Path json;

    @Option(names = "--program", description = "start script of the gateway (default: ${DEFAULT-VALUE})")
    private Path program = Path.of("crm-gateway");

    private final List<AutoCloseable> started = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private int orders;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Comparison()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path work = Files.createTempDirectory("crm-gateway-peers");
        try (Table table = new Table("bench")) {
            start(work);
            rows.removeIf(row -> !Pattern.compile(only).matcher(row.name()).find());
            for (Row row : rows) {
                System.err.println("warm up: " + row.name());
                row.warmUp(warmUp);
            }
            for (int round = 1; round <= rounds; round++) {
                System.err.println("round " + round + " of " + rounds);
                for (Row row : rows) {
                    row.measure(calls);
                }
            }
            table.line("kind", "server", "CPU ms", "calls/s", "p50 ms", "p99 ms", "KiB allocated");
            rows.forEach(row -> table.line(
                    row.kind,
                    row.server,
                    row.median("cpu"),
                    row.median("rate"),
                    row.median("p50"),
                    row.median("p99"),
                    row.median("allocated")));
            Bars bars = new Bars(rows);
            bars.print(table);
            if (json != null) {
                bars.write(json);
            }
            return bars.held() ? 0 : 1;
        } finally {
            for (AutoCloseable server : started) {
                server.close();
            }
        }
    }

    private void start(Path work) throws Exception {
        BenchDatabase database = BenchDatabase.start(work.resolve("postgres"));
        started.add(database);
        BenchGateway ours = gateway(database.settings("native"));
        BenchGateway oursOnJdk = gateway(with(database.settings("jdk"), "CRM_GATEWAY_SECURITY_NATIVE_CRYPTO", "false"));
        BenchGateway oursOnH2 = gateway(Map.of());
        Path answers = Files.createDirectories(work.resolve("answers"));
        answer(ours, "getCustomer", answers);
        answer(ours, "searchCustomers", answers);
        Path plain = download(ours, "customer-v1-sandbox-soap11-flat.wsdl", work);
        Path secured = download(ours, "customer-v1-modern-soap11-secured-flat.wsdl", work);

        KeyPairAndCertificate peerKey = BenchGateway.stranger("Peer");
        Path keys = work.resolve("peer.p12");
        writeKeys(keys, peerKey, ours.keys(PARTNER).certificate());
        WireSecurity toPeer = ours.security(PARTNER, Dialect.MODERN).encryptedFor(peerKey.certificate());
        String[] common = {"--answers", answers.toString(), "--keys", keys.toString(), "--wsdl", secured.toString()};
        PeerProcess cxfNative = peer(work, "cxf-native", StockCxf.class, with(common, "--native-crypto"));
        PeerProcess cxfJdk = peer(work, "cxf-jdk", StockCxf.class, common);
        String[] clear = {"--answers", answers.toString(), "--wsdl", plain.toString()};
        PeerProcess cxfPlain = peer(work, "cxf-plain", StockCxf.class, clear);
        PeerProcess cxfValidating = peer(work, "cxf-validating", StockCxf.class, with(clear, "--validate"));
        PeerProcess spring = peer(work, "spring-ws", SpringWs.class, answers.toString());
        PeerProcess bytes = peer(work, "static", StaticBytes.class, answers.toString());

        for (String operation : List.of("getCustomer", "searchCustomers")) {
            String kind = operation + " modern";
            int share = operation.equals("getCustomer") ? 1 : 3;
            secured(kind, "gateway", ours, operation, share);
            secured(kind, "gateway, JDK crypto", oursOnJdk, operation, share);
            secured(kind, "gateway, H2", oursOnH2, operation, share);
            row(kind, "CXF + WSS4J", cxfNative.use(), repeated(cxfNative.address(), toPeer, operation), share);
            row(kind, "CXF + WSS4J, JDK crypto", cxfJdk.use(), repeated(cxfJdk.address(), toPeer, operation), share);
        }
        Sending create = fresh(ours, "order", this::createOrder);
        row("createOrder modern", "gateway", ours.use(), create, 1);
        row("createOrder modern", "gateway, H2", oursOnH2.use(), fresh(oursOnH2, "order", this::createOrder), 1);
        row("createOrder modern", Bars.DATABASE, database.use(), create, 1);
        row("saveOrders of 200 modern", "gateway", ours.use(), fresh(ours, "order", this::saveOrders), 20);
        rows.add(new Row(
                "sign and decrypt", "RSA-2048", new ProcessUse(ProcessHandle.current()), new TwoOperations(), 1));
        for (String operation : List.of("getCustomer", "searchCustomers")) {
            String kind = operation + " sandbox";
            byte[] message = SoapEnvelope.bytes(SoapEnvelope.SOAP_11.around(Examples.request(operation)));
            String action = CUSTOMER + operation;
            byte[] request = KeepAlive.post("/services/customer/v1/sandbox", action, message);
            row(kind, "gateway", ours.use(), Sending.of(ours.address(), callers, () -> request), 1);
            byte[] toCxf = KeepAlive.post("/customer", action, message);
            row(kind, "CXF", cxfPlain.use(), Sending.of(cxfPlain.address(), callers, () -> toCxf), 1);
            row(
                    kind,
                    "CXF, validating",
                    cxfValidating.use(),
                    Sending.of(cxfValidating.address(), callers, () -> toCxf),
                    1);
            row(kind, "Spring-WS", spring.use(), Sending.of(spring.address(), callers, () -> toCxf), 1);
            byte[] toStatic = KeepAlive.post("/" + operation, action, message);
            row(kind, "static bytes", bytes.use(), Sending.of(bytes.address(), callers, () -> toStatic), 1);
        }
    }

    private void row(String kind, String server, ProcessUse use, Sending sending, int share) {
        rows.add(new Row(kind, server, use, sending, share));
    }

    private void secured(String kind, String server, BenchGateway gateway, String operation, int share) {
        row(kind, server, gateway.use(), fresh(gateway, "customer", () -> Examples.request(operation)), share);
    }

    /** Each request is signed for itself: a second one would be a replay. */
    private Sending fresh(BenchGateway gateway, String area, java.util.function.Supplier<String> payload) {
        WireSecurity security = gateway.security(PARTNER, Dialect.MODERN);
        return Sending.of(gateway.address(), callers, () -> {
            String body = payload.get();
            Document message = security.protect(SoapEnvelope.SOAP_11.around(body));
            return KeepAlive.post("/services/" + area + "/v1/modern", action(body), SoapEnvelope.bytes(message));
        });
    }

    /** The same few requests again and again: stock servers remember none here. */
    private Sending repeated(InetSocketAddress server, WireSecurity security, String operation) {
        String payload = Examples.request(operation);
        return Sending.repeating(
                50,
                server,
                callers,
                () -> KeepAlive.post(
                        "/customer",
                        CUSTOMER + operation,
                        SoapEnvelope.bytes(security.protect(SoapEnvelope.SOAP_11.around(payload)))));
    }

    private static String action(String payload) {
        String operation = payload.substring(payload.indexOf(':') + 1, payload.indexOf(' ', payload.indexOf(':')));
        return (operation.contains("Customer") ? CUSTOMER : ORDER) + operation;
    }

    private synchronized String createOrder() {
        String number = "BENCH-" + ++orders;
        return body("createOrder").replace("SO-2026-000481", number).replace("ORDERS05-0000000000718252", number);
    }

    private synchronized String saveOrders() {
        String example = body("saveOrders").replace(">10050<", ">10042<");
        int begin = example.indexOf("<order:row>");
        String end = "</order:row>";
        String row = example.substring(begin, example.indexOf(end) + end.length());
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            String number = "BATCH-" + ++orders;
            all.append(row.replace("SO-2026-000500", number).replace("<order:rowId>0001<", "<order:rowId>" + i + "<"));
        }
        return (example.substring(0, begin) + all + example.substring(example.lastIndexOf(end) + end.length()))
                .replaceFirst("(idempotencyKey>)[^<]*", "$1BATCH-" + orders);
    }

    /** Without what stands before the first element. */
    private static String body(String operation) {
        return Examples.request(operation)
                .replaceFirst("^\\s*<\\?xml[^>]*\\?>", "")
                .strip();
    }

    private BenchGateway gateway(Map<String, String> settings) throws Exception {
        Map<String, String> all = new LinkedHashMap<>(settings);
        String given = System.getenv().getOrDefault("JAVA_OPTS", "");
        all.put("JAVA_OPTS", PeerProcess.COMPILERS_STAY + " " + given);
        BenchGateway gateway = BenchGateway.startWithSandbox(program, all, PARTNER);
        started.add(gateway);
        try (KeepAlive connection = new KeepAlive(gateway.address())) {
            for (int i = 0; i < CUSTOMERS; i++) {
                String number = i == 0 ? "10042" : "C-" + i;
                String payload = body("createCustomer")
                        .replace("<customer:externalId>10042", "<customer:externalId>" + number)
                        .replace("DEBMAS-0000000000718201", "K-" + number);
                int status = connection.send(KeepAlive.post(
                        "/services/customer/v1/sandbox",
                        CUSTOMER + "createCustomer",
                        SoapEnvelope.bytes(SoapEnvelope.SOAP_11.around(payload))));
                if (status != 200) {
                    throw new IllegalStateException("createCustomer: " + status);
                }
            }
        }
        return gateway;
    }

    private PeerProcess peer(Path work, String name, Class<?> main, String... arguments) throws Exception {
        PeerProcess peer = PeerProcess.start(
                System.getProperty("java.class.path"), main.getName(), work.resolve(name + ".log"), arguments);
        started.add(peer);
        return peer;
    }

    private static Map<String, String> with(Map<String, String> some, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(some);
        all.put(name, value);
        return all;
    }

    private static String[] with(String[] some, String more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.add(more);
        return all.toArray(String[]::new);
    }

    private static void answer(BenchGateway gateway, String operation, Path folder) throws IOException {
        byte[] message = SoapEnvelope.bytes(SoapEnvelope.SOAP_11.around(Examples.request(operation)));
        var answer = gateway.client().post("customer/v1/sandbox", SoapEnvelope.SOAP_11, CUSTOMER + operation, message);
        String payload = SoapEnvelope.text(SoapEnvelope.payload(answer.envelope()));
        Files.writeString(folder.resolve(operation + ".xml"), payload, StandardCharsets.UTF_8);
    }

    private static Path download(BenchGateway gateway, String file, Path folder) throws IOException {
        URI address = gateway.base().resolve("/contract/wsdl/" + file);
        Path copy = folder.resolve(file);
        try (InputStream in = address.toURL().openStream()) {
            Files.copy(in, copy);
        }
        return copy;
    }

    private static void writeKeys(Path file, KeyPairAndCertificate own, X509Certificate caller) throws Exception {
        char[] password = WireSecurity.PASSWORD.toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry("partner", own.key(), password, new X509Certificate[] {own.certificate()});
        store.setCertificateEntry("gateway", caller);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
    }
}
