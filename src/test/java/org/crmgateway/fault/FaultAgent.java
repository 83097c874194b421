package org.crmgateway.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;
import org.crmgateway.database.BrokenFile;

/**
 * A Java agent (java.lang.instrument) that puts a {@link Trap} into a gateway's process while its classes are loaded, so that the
 * program itself has no hook for it.
 */
public final class FaultAgent {
    private static final AtomicInteger PASSED = new AtomicInteger();
    private static Path armed = Path.of("armed");
    private static int times = 1;
    private static boolean outOfMemory;

    private FaultAgent() {}

    /** The option of {@code java} that sets a trap; it springs once {@code folder} has a file {@code armed}. */
    static String option(Path folder, Trap trap) {
        Path jar = folder.resolve("fault-agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", FaultAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            // The classes are on the class path.
            out.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String what = trap.kind() + ":" + (trap.point() == null ? trap.fault() : trap.point());
        return "-javaagent:" + jar + "=" + what + ":" + trap.times();
    }

    public static void premain(String options, Instrumentation instrumentation) {
        String[] parts = options.split(":");
        times = Integer.parseInt(parts[2]);
        armed = Path.of("armed").toAbsolutePath();
        outOfMemory = parts[0].equals(Trap.MEMORY);
        if (!parts[0].equals(Trap.BUG)) {
            CrashPoint point = CrashPoint.valueOf(parts[1]);
            install(
                    instrumentation,
                    point.type,
                    point.method,
                    point.side == CrashPoint.Side.ENTER ? Enter.class : Exit.class);
        } else {
            PlantedFault fault = PlantedFault.valueOf(parts[1]);
            install(instrumentation, fault.type, fault.method, fault.advice);
        }
    }

    private static void install(Instrumentation instrumentation, String type, String method, Class<?> advice) {
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly())
                .type(ElementMatchers.named(type))
                .transform((builder, description, loader, module, domain) -> builder.visit(Advice.to(advice)
                        .on(ElementMatchers.named(method).and(ElementMatchers.not(ElementMatchers.isAbstract())))))
                .installOn(instrumentation);
    }

    /** Called by the instrumented method. */
    public static void reached() {
        if (Files.exists(armed) && PASSED.incrementAndGet() == times) {
            if (outOfMemory) {
                takeAllMemory();
            }
            // Neither hooks nor finally blocks run; the operating system closes what is open.
            Runtime.getRuntime().halt(137);
        }
    }

    private static void takeAllMemory() {
        List<byte[]> taken = new ArrayList<>();
        while (true) {
            taken.add(new byte[1 << 20]);
        }
    }

    /** Called by the instrumented method: whether the bug shows this time. */
    public static boolean strikes() {
        return Files.exists(armed) && PASSED.incrementAndGet() % times == 0;
    }

    public static FileChannel broken(FileChannel file) {
        return new BrokenFile(file, FaultAgent::strikes);
    }

    public static void refuse() {
        throw PlantedFault.refusal();
    }

    public static Object execute(Supplier<?> write) {
        return PlantedFault.executed(write);
    }

    static final class Enter {
        @Advice.OnMethodEnter
        static void enter() {
            FaultAgent.reached();
        }
    }

    static final class Exit {
        @Advice.OnMethodExit
        static void exit() {
            FaultAgent.reached();
        }
    }
}
