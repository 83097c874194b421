package org.crmgateway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process has used of the machine, by the operating system's count (hundredths of a second; Linux). */
public record ProcessUse(ProcessHandle process) {
    private static final Pattern ALLOCATED = Pattern.compile("allocated=(\\d+)([BKMG])");

    /** User and system time of all its threads, since its start. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /**
     * The same with its children, and without the threads that compile: those must not come and go ({@code -XX:-UseDynamicNumberOfCompilerThreads}),
     * since the time of one that has gone cannot be told from the others'.
     */
    public Duration cpuOfWork() throws IOException {
        long others = 0;
        for (ProcessHandle child : process.descendants().toList()) {
            Path stat = Path.of("/proc", Long.toString(child.pid()), "stat");
            others += Files.exists(stat) ? ticks(Files.readString(stat)) : 0;
        }
        long compiling = 0;
        try (Stream<Path> threads = Files.list(proc("task"))) {
            for (Path thread : threads.toList()) {
                String name = Files.readString(thread.resolve("comm"));
                if (name.startsWith("C1 Comp") || name.startsWith("C2 Comp")) {
                    compiling += ticks(Files.readString(thread.resolve("stat")));
                }
            }
        }
        return Duration.ofMillis(10 * (ticks(Files.readString(proc("stat"))) + others - compiling));
    }

    /** User and system time of a line of {@code proc_pid_stat(5)}: the 14th and 15th field; the 2nd may have spaces. */
    private static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /** Bytes that the threads of a Java process, those still there, have allocated since their start. */
    public double allocated() throws IOException {
        if (!Files.readString(proc("comm")).startsWith("java")) {
            // To another program the question is the signal to quit.
            return 0;
        }
        Process jcmd = new ProcessBuilder("jcmd", Long.toString(process.pid()), "Thread.print", "-e")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        double sum = 0;
        try (Stream<String> lines = jcmd.inputReader().lines()) {
            for (String line : lines.toList()) {
                Matcher found = ALLOCATED.matcher(line);
                if (found.find()) {
                    sum += Double.parseDouble(found.group(1)) * (1L << 10 * "BKMG".indexOf(found.group(2)));
                }
            }
        }
        return sum;
    }

    /** Memory it has in RAM now, in MiB. */
    public long residentMebibytes() {
        return status("VmRSS:");
    }

    /** The most it ever had. */
    public long mostMebibytes() {
        return status("VmHWM:");
    }

    private long status(String name) {
        try {
            List<String> lines = Files.readAllLines(proc("status"));
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }
}
