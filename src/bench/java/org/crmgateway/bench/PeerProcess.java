package org.crmgateway.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another server, in a process of its own with the options that the gateway's start script gives to Java. */
public final class PeerProcess implements AutoCloseable {
    /** Threads that compile stay, so that their time can be told from the work's. */
    public static final String COMPILERS_STAY = "-XX:-UseDynamicNumberOfCompilerThreads";

    private static final Pattern PORT = Pattern.compile("^port (\\d+)$", Pattern.MULTILINE);
    private static final long START = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final InetSocketAddress address;

    private PeerProcess(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts a program and waits until it has printed its port.
     *
     * @param classPath where its classes are
     * @param log what it prints
     */
    public static PeerProcess start(String classPath, String main, Path log, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx256m",
                "-XX:+UseG1GC",
                COMPILERS_STAY,
                "-Dfile.encoding=UTF-8",
                "-cp",
                classPath,
                main));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        for (long end = System.nanoTime() + START; process.isAlive() && System.nanoTime() < end; ) {
            Matcher port = PORT.matcher(Files.readString(log));
            if (port.find()) {
                return new PeerProcess(process, new InetSocketAddress("127.0.0.1", Integer.parseInt(port.group(1))));
            }
            Thread.sleep(50);
        }
        process.destroyForcibly();
        throw new IllegalStateException(main + " does not start:\n" + Files.readString(log));
    }

    public InetSocketAddress address() {
        return address;
    }

    public ProcessUse use() {
        return new ProcessUse(process.toHandle());
    }

    @Override
    public void close() throws IOException {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
