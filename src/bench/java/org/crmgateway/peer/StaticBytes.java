package org.crmgateway.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Jetty that reads a request and answers the bytes of a file named as the path is: what no SOAP server can be faster than. */
public final class StaticBytes extends Handler.Abstract {
    private final Path answers;
    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    private StaticBytes(Path answers) {
        this.answers = answers;
    }

    /** @param arguments the folder of answers */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new StaticBytes(Path.of(arguments[0])));
        server.start();
        System.out.println("port " + connector.getLocalPort());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Content.Source.asByteBuffer(request);
        String name = request.getHttpURI().getPath().substring(1);
        byte[] answer = read.computeIfAbsent(name, this::file);
        response.getHeaders().put("Content-Type", "text/xml; charset=utf-8");
        response.getHeaders().put("Content-Length", answer.length);
        response.write(true, ByteBuffer.wrap(answer), callback);
        return true;
    }

    private byte[] file(String name) {
        try {
            return Files.readAllBytes(answers.resolve(name + ".xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
