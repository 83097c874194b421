package org.crmgateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.crmgateway.attack.Attack;
import org.crmgateway.database.Database;
import org.crmgateway.database.TestDatabases;
import org.crmgateway.wire.SoapEnvelope;
import org.crmgateway.wire.WireClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: starts, is reached by a second process, ends when told, and comes back after a kill. */
@Timeout(180)
class MainProcessTest {
    @TempDir
    Path folder;

    @BeforeEach
    void configure() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/gateway.yaml"), "web: {port: 0, admin-port: 0}\n");
    }

    @Test
    void serveStartsOnAnEmptyTreeAnswersCommandsAndEndsWhenTold() throws Exception {
        Process serve = start("serve");
        List<String> said = until(serve.inputReader(StandardCharsets.UTF_8), "Running.");

        assertThat(said).anyMatch(line -> line.startsWith("First start: made development keys and the partner demo"));
        assertThat(folder.resolve("var/partners/demo.p12")).exists();
        assertThat(get(place(said, "contract"))).contains("</html>");
        assertThat(get(place(said, "admin").replace("health/ready and /metrics", "metrics")))
                .contains("jvm_memory_used_bytes");

        Process list = start("partner", "list");
        assertThat(all(list)).contains("demo ").contains("modern,compatible,sandbox");
        assertThat(list.waitFor()).isZero();

        Process second = start("serve");
        assertThat(new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("A gateway already runs with the data folder")
                .doesNotContain("\tat ");
        assertThat(second.waitFor()).isEqualTo(1);

        serve.destroy();
        assertThat(serve.waitFor(60, SECONDS)).isTrue();
        assertThat(folder.resolve("var/gateway.sock")).doesNotExist();
    }

    @Test
    void aKilledGatewayStartsAgainWithTheSameKeysAndPartners() throws Exception {
        Process killed = start("serve");
        until(killed.inputReader(StandardCharsets.UTF_8), "Running.");
        byte[] keys = Files.readAllBytes(folder.resolve("var/keys/gateway.p12"));
        killed.destroyForcibly().waitFor();
        assertThat(folder.resolve("var/gateway.sock")).exists();

        Process again = start("serve");
        List<String> said = until(again.inputReader(StandardCharsets.UTF_8), "Running.");

        assertThat(said).noneMatch(line -> line.startsWith("First start"));
        assertThat(folder.resolve("var/keys/gateway.p12")).hasBinaryContent(keys);
        assertThat(all(start("partner", "list"))).contains("demo ");
        again.destroy();
        assertThat(again.waitFor(60, SECONDS)).isTrue();
    }

    /** Killed while calls are under way: after each number of answers, whatever the process is doing then. */
    @Test
    @Attack("A-L10")
    void eachChangeOfAKilledGatewayIsInTheTrail() throws Exception {
        int acknowledged = 0;
        for (int answers : new int[] {7, 20, 33}) {
            Process killed = start("serve");
            List<String> said = until(killed.inputReader(StandardCharsets.UTF_8), "Running.");
            URI services = URI.create(place(said, "contract")).resolve("/services");
            acknowledged += customersUntilKilled(killed, new WireClient(services), answers);
        }

        try (Database database = Database.open(TestDatabases.h2File(folder.resolve("var/database")), "")) {
            assertThat(count(database, "change_entry")).isGreaterThanOrEqualTo(acknowledged);
            assertThat(count(database, "customer")).isEqualTo(count(database, "change_entry"));
            assertThat(count(
                            database,
                            "change_entry c JOIN audit_entry a ON a.tenant = c.tenant AND a.record_id = c.record_id"
                                    + " AND a.version = c.version AND a.call_id = c.call_id"))
                    .isEqualTo(count(database, "change_entry"));
        }
    }

    /** @return how many were acknowledged */
    private static int customersUntilKilled(Process gateway, WireClient client, int answers) throws Exception {
        CountDownLatch answered = new CountDownLatch(answers);
        AtomicInteger acknowledged = new AtomicInteger();
        byte[] message = SoapEnvelope.bytes(SoapEnvelope.SOAP_11.around("<m:createCustomer"
                + " xmlns:m='urn:crmgateway:customer:v1'><m:customer><m:name>Of a killed gateway</m:name>"
                + "<m:kind>PERSON</m:kind></m:customer></m:createCustomer>"));
        ExecutorService senders = Executors.newFixedThreadPool(3);
        for (int i = 0; i < 3; i++) {
            senders.execute(() -> {
                try {
                    while (true) {
                        int status = client.post(
                                        "customer/v1/sandbox",
                                        SoapEnvelope.SOAP_11,
                                        "urn:crmgateway:customer:v1:createCustomer",
                                        message)
                                .status();
                        assertThat(status).isEqualTo(200);
                        acknowledged.incrementAndGet();
                        answered.countDown();
                    }
                } catch (UncheckedIOException e) {
                    // It is dead.
                }
            });
        }
        assertThat(answered.await(60, SECONDS)).isTrue();
        gateway.destroyForcibly().waitFor();
        senders.shutdown();
        assertThat(senders.awaitTermination(60, SECONDS)).isTrue();
        return acknowledged.get();
    }

    private static int count(Database database, String what) {
        return database.inTransaction(tx -> tx.handle()
                .createQuery("SELECT COUNT(*) FROM " + what)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void moreLargeMessagesThanTheHeapHoldsAreAskedToComeLater() throws Exception {
        Process serve = start("serve");
        URI contract = URI.create(place(until(serve.inputReader(StandardCharsets.UTF_8), "Running."), "contract"));
        int messages = 60;
        CountDownLatch refused = new CountDownLatch(50);
        List<Socket> sockets = new ArrayList<>();
        ExecutorService senders = Executors.newFixedThreadPool(messages);
        for (int i = 0; i < messages; i++) {
            Socket socket = new Socket(contract.getHost(), contract.getPort());
            sockets.add(socket);
            senders.execute(() -> {
                String answer = answerToAllButTheLastByte(socket, 4 << 20);
                if (answer.startsWith("HTTP/1.1 503 ") && answer.contains("Retry-After: 2")) {
                    refused.countDown();
                }
            });
        }

        assertThat(refused.await(60, SECONDS)).isTrue();
        for (Socket socket : sockets) {
            socket.close();
        }
        senders.shutdown();
        assertThat(get(contract.toString())).contains("</html>");
        serve.destroy();
        assertThat(serve.waitFor(60, SECONDS)).isTrue();
    }

    private static String answerToAllButTheLastByte(Socket socket, int length) {
        try {
            String head = "POST /services/order/v1/modern HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: text/xml\r\nContent-Length: " + length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[length - 1]);
        } catch (IOException e) {
            // Refused before all of it was sent; the answer is there.
        }
        try {
            byte[] start = socket.getInputStream().readNBytes(200);
            return new String(start, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile()).start();
    }

    private static String all(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static List<String> until(BufferedReader reader, String last) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.startsWith(last)) {
                return lines;
            }
        }
        throw new AssertionError("the process ended early, having said " + lines);
    }

    private static String place(List<String> said, String name) {
        return said.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    private static String get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
