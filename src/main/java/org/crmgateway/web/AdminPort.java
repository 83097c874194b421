package org.crmgateway.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.telemetry.Telemetry;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The port for the operator's tools, apart from the partners': {@code /health/live}, {@code /health/ready},
 * {@code /metrics}. Has threads of its own, so that it answers when the other port is busy.
 */
public final class AdminPort implements AutoCloseable {
    private static final int CONNECTIONS = 50;
    private static final HttpServer.Limits LIMITS =
            new HttpServer.Limits(4, Duration.ofSeconds(30), Duration.ofSeconds(10));

    private final HttpServer server;

    private AdminPort(HttpServer server) {
        this.server = server;
    }

    /** @throws OperatorError when the port cannot be had */
    public static AdminPort open(WebConfig config) {
        HttpServer server = HttpServer.bind("web.admin-port", config.adminHost(), config.adminPort(), LIMITS);
        server.jetty().addBean(new NetworkConnectionLimit(CONNECTIONS, server.jetty()));
        return new AdminPort(server);
    }

    public int port() {
        return server.port();
    }

    /** @param checks all must hold for {@code /health/ready} to answer 200; each is asked each time */
    public void start(Telemetry telemetry, List<ReadinessCheck> checks) {
        server.start(new Deadline(LIMITS.deadline(), new Pages(telemetry, List.copyOf(checks))));
    }

    @Override
    public void close() {
        server.stop();
    }

    private static final class Pages extends Handler.Abstract {
        private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

        private final Telemetry telemetry;
        private final List<ReadinessCheck> checks;

        Pages(Telemetry telemetry, List<ReadinessCheck> checks) {
            this.telemetry = telemetry;
            this.checks = checks;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
                return Answer.allowing("GET, HEAD", response, callback);
            }
            return switch (String.valueOf(request.getHttpURI().getPath())) {
                case "/health/live" -> Answer.text(200, "live\n", response, callback);
                case "/health/ready" -> ready(response, callback);
                case "/metrics" ->
                    Answer.bytes(
                            200, PROMETHEUS, telemetry.scrape().getBytes(StandardCharsets.UTF_8), response, callback);
                default -> Answer.status(404, response, callback);
            };
        }

        private boolean ready(Response response, Callback callback) {
            StringBuilder lines = new StringBuilder();
            boolean all = true;
            for (ReadinessCheck check : checks) {
                boolean holds = check.holds().getAsBoolean();
                all &= holds || !check.needed();
                lines.append(check.name())
                        .append(holds ? ": yes\n" : check.needed() ? ": no\n" : ": no, but calls are served\n");
            }
            return Answer.text(all ? 200 : 503, lines.toString(), response, callback);
        }
    }
}
