package org.crmgateway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Requests to one server by callers that send the next when they have their answer, on connections that are kept. */
final class Sending implements Requests {
    private final InetSocketAddress server;
    private final Supplier<byte[]> request;
    /** How many different requests there are; 0 when no two are the same. */
    private final int different;

    private final int callers;

    private Sending(InetSocketAddress server, Supplier<byte[]> request, int different, int callers) {
        this.server = server;
        this.request = request;
        this.different = different;
        this.callers = callers;
    }

    /** @param request makes the next; called from several threads */
    static Sending of(InetSocketAddress server, int callers, Supplier<byte[]> request) {
        return new Sending(server, request, 0, callers);
    }

    /** @param different how many are made for a round; they are sent again and again */
    static Sending repeating(int different, InetSocketAddress server, int callers, Supplier<byte[]> request) {
        return new Sending(server, request, different, callers);
    }

    /** @param times from the first byte to the last of the answer, in milliseconds */
    record Result(Sample times, double seconds) {
        double perSecond() {
            return times.count() / seconds;
        }
    }

    @Override
    public List<byte[]> make(int count) {
        List<byte[]> made = IntStream.range(0, different == 0 ? count : Math.min(count, different))
                .parallel()
                .mapToObj(i -> request.get())
                .toList();
        return IntStream.range(0, count)
                .mapToObj(i -> made.get(i % made.size()))
                .toList();
    }

    /** @throws IllegalStateException when an answer was none of success */
    @Override
    public Result run(List<byte[]> requests) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            long begun = System.nanoTime();
            List<Future<double[]>> all = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                all.add(threads.submit(caller(requests, next)));
            }
            Sample times = new Sample();
            for (Future<double[]> one : all) {
                for (double time : one.get()) {
                    times.add(time);
                }
            }
            return new Result(times, (System.nanoTime() - begun) / 1e9);
        } catch (ExecutionException e) {
            throw new IllegalStateException(server.toString(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<double[]> caller(List<byte[]> requests, AtomicInteger next) {
        return () -> {
            Sample times = new Sample();
            try (KeepAlive connection = new KeepAlive(server)) {
                for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
                    long begun = System.nanoTime();
                    int status = connection.send(requests.get(i));
                    if (status != 200) {
                        throw new UncheckedIOException(new IOException("status " + status));
                    }
                    times.add((System.nanoTime() - begun) / 1e6);
                }
            }
            return times.values();
        };
    }
}
