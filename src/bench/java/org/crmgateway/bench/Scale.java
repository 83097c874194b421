package org.crmgateway.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.crmgateway.contract.Examples;
import org.crmgateway.demo.TpchBatches;
import org.crmgateway.partner.Dialect;
import org.crmgateway.wire.SoapEnvelope;
import org.w3c.dom.Element;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a call costs as the data grows: TPC-H's orders are brought in, and at each step the same calls are made. In the sandbox, whose
 * calls cost little else. CPU of the gateway and of its database together.
 */
@Command(name = "scale", mixinStandardHelpOptions = true, sortOptions = false)
final class Scale implements Callable<Integer> {
    private static final String PARTNER = "erp";
    private static final String ORDER = "urn:crmgateway:order:v1:";
    private static final double BAR = 1.2;
    private static final int PAGE = 500;
    private static final double DEEP = 0.9;

    @Option(names = "--steps", split = ",", description = "numbers of orders (default: ${DEFAULT-VALUE})")
    private List<Integer> steps = List.of(10_000, 100_000, 1_000_000);

    @Option(names = "--database", split = ",", description = "of postgres and h2 (default: ${DEFAULT-VALUE})")
    private List<String> databases = List.of("postgres", "h2");

    @Option(names = "--calls", description = "of each kind at each step (default: ${DEFAULT-VALUE})")
    private int calls = 1_000;

    @Option(names = "--program", description = "start script of the gateway (default: ${DEFAULT-VALUE})")
    private Path program = Path.of("crm-gateway");

    private final Random random = new Random(4_715);

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Scale()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        boolean held = true;
        try (Table table = new Table("scale")) {
            table.line("database", "kind", "orders", "CPU ms", "p50 ms", "ratio to the first step", "verdict");
            for (String database : databases) {
                held &= grow(database, table);
            }
        }
        return held ? 0 : 1;
    }

    private boolean grow(String name, Table table) throws Exception {
        Path work = Files.createTempDirectory("crm-gateway-scale");
        try (BenchDatabase server = name.equals("postgres") ? BenchDatabase.start(work.resolve("postgres")) : null) {
            Map<String, String> settings = new LinkedHashMap<>(server == null ? Map.of() : server.settings("scale"));
            settings.put("JAVA_OPTS", PeerProcess.COMPILERS_STAY);
            try (BenchGateway gateway = BenchGateway.startWithSandbox(program, settings, PARTNER)) {
                List<ProcessUse> uses = new ArrayList<>(List.of(gateway.use()));
                if (server != null) {
                    uses.add(server.use());
                }
                return new Growing(name, gateway, uses, table).run();
            }
        }
    }

    private final class Growing {
        private final String database;
        private final BenchGateway gateway;
        private final List<ProcessUse> uses;
        private final Table table;
        private final Map<String, Double> first = new LinkedHashMap<>();
        private final TpchBatches generated = new TpchBatches(steps.get(steps.size() - 1));
        private final Iterator<String> batches = generated.orders();
        private int loaded;
        private int made;
        private boolean held = true;

        Growing(String database, BenchGateway gateway, List<ProcessUse> uses, Table table) {
            this.database = database;
            this.gateway = gateway;
            this.uses = uses;
            this.table = table;
        }

        boolean run() throws Exception {
            try (KeepAlive loader = new KeepAlive(gateway.address())) {
                Iterator<String> customers = generated.customers();
                for (int i = 1; customers.hasNext(); i++) {
                    require(loader.send(
                            request("customer", "urn:crmgateway:customer:v1:saveCustomers", customers.next())));
                    progress("customers", i * TpchBatches.ROWS);
                }
                require(loader.send(request(
                        "customer", "urn:crmgateway:customer:v1:createCustomer", Examples.request("createCustomer"))));
                for (int step : steps) {
                    for (; loaded < step; loaded += TpchBatches.ROWS) {
                        require(loader.send(request("order", ORDER + "saveOrders", batches.next())));
                        progress("orders", loaded);
                    }
                    measure(step);
                }
            }
            return held;
        }

        private void measure(int step) throws Exception {
            String deep = deepCursor(step);
            String changes =
                    SoapEnvelope.child(search(null, 1), "changesCursor").getTextContent();
            // The first step's code is not compiled yet.
            for (int time = 0; time < (step == steps.get(0) ? 5 : 1); time++) {
                boolean counts = step != steps.get(0) || time == 4;
                line(step, "createOrder", calls, i -> createOrder(), counts);
                line(step, "getOrder by external id", calls, i -> getOrder(step), counts);
                line(step, "searchOrders, a page of 100, deep", calls / 10, i -> searchOrders(deep, 100), counts);
                line(
                        step,
                        "getOrderChanges, a page of 100, at the end",
                        calls / 10,
                        i -> orderChanges(changes),
                        counts);
                line(step, "saveOrders of 200", Math.max(10, calls / 50), i -> saveOrders(), counts);
            }
        }

        private void line(int step, String kind, int count, IntFunction<byte[]> request, boolean counts)
                throws Exception {
            List<byte[]> requests = IntStream.range(0, count).mapToObj(request).toList();
            Iterator<byte[]> next = requests.iterator();
            Supplier<byte[]> each = next::next;
            double before = cpu();
            Sending.Result result = Sending.of(gateway.address(), 2, each).run(requests);
            double each1 = (cpu() - before) / count;
            if (!counts) {
                return;
            }
            double ratio = each1 / first.computeIfAbsent(kind, name -> each1);
            boolean flat = ratio <= BAR;
            held &= flat;
            table.line(database, kind, step, each1, result.times().median(), ratio, flat ? "held" : "MISSED");
        }

        private double cpu() throws IOException {
            double sum = 0;
            for (ProcessUse use : uses) {
                sum += use.cpuOfWork().toNanos() / 1e6;
            }
            return sum;
        }

        private String deepCursor(int step) {
            String cursor = null;
            for (int seen = 0; seen < DEEP * step; seen += PAGE) {
                cursor = SoapEnvelope.child(search(cursor, PAGE), "nextCursor").getTextContent();
            }
            return cursor;
        }

        private Element search(String cursor, int size) {
            byte[] message = message(searchOrdersPayload(cursor, size));
            return SoapEnvelope.payload(gateway.client()
                    .post("order/v1/sandbox", SoapEnvelope.SOAP_11, ORDER + "searchOrders", message)
                    .envelope());
        }

        private byte[] searchOrders(String cursor, int size) {
            return request("order", ORDER + "searchOrders", searchOrdersPayload(cursor, size));
        }

        private String searchOrdersPayload(String cursor, int size) {
            return "<order:searchOrders xmlns:order=\"urn:crmgateway:order:v1\"><order:pageSize>" + size
                    + "</order:pageSize>" + (cursor == null ? "" : "<order:cursor>" + cursor + "</order:cursor>")
                    + "</order:searchOrders>";
        }

        private byte[] getOrder(int step) {
            return request(
                    "order",
                    ORDER + "getOrder",
                    Examples.request("getOrder")
                            .replace("SO-2026-000481", TpchBatches.orderId(1 + random.nextInt(step))));
        }

        private byte[] orderChanges(String cursor) {
            return request(
                    "order",
                    ORDER + "getOrderChanges",
                    Examples.request("getOrderChanges")
                            .replace("BEGINNING", cursor)
                            .replace("pageSize>2<", "pageSize>100<"));
        }

        private byte[] createOrder() {
            String number = "SCALE-" + ++made;
            return request(
                    "order",
                    ORDER + "createOrder",
                    Examples.request("createOrder")
                            .replace("SO-2026-000481", number)
                            .replace("ORDERS05-0000000000718252", number));
        }

        private byte[] saveOrders() {
            String example = Examples.request("saveOrders").replace(">10050<", ">10042<");
            int begin = example.indexOf("<order:row>");
            String end = "</order:row>";
            String row = example.substring(begin, example.indexOf(end) + end.length());
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < TpchBatches.ROWS; i++) {
                all.append(row.replace("SO-2026-000500", "SCALE-" + ++made)
                        .replace("<order:rowId>0001<", "<order:rowId>" + i + "<"));
            }
            return request(
                    "order",
                    ORDER + "saveOrders",
                    (example.substring(0, begin) + all + example.substring(example.lastIndexOf(end) + end.length()))
                            .replaceFirst("(idempotencyKey>)[^<]*", "$1SCALE-" + made));
        }

        private static byte[] request(String area, String action, String payload) {
            return KeepAlive.post("/services/" + area + "/v1/" + Dialect.SANDBOX.label(), action, message(payload));
        }

        private static byte[] message(String payload) {
            String body = payload.replaceFirst("^\\s*<\\?xml[^>]*\\?>", "");
            return ("<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>" + body.strip()
                            + "</e:Body></e:Envelope>")
                    .getBytes(StandardCharsets.UTF_8);
        }

        private static void require(int status) {
            if (status != 200) {
                throw new IllegalStateException("status " + status);
            }
        }

        private void progress(String what, int done) {
            if (done % 20_000 == 0) {
                System.err.println(database + ": " + done + " " + what);
            }
        }
    }
}
