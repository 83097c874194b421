package org.crmgateway.demo;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.crmgateway.demo.WireMessage.Stage;

/** Remembers the last message of each stage, and prints every one when asked to. Not thread-safe. */
final class WirePrinter implements Consumer<WireMessage> {
    private final PrintStream out;
    private final boolean print;
    private final Map<Stage, String> last = new EnumMap<>(Stage.class);

    WirePrinter(PrintStream out, boolean print) {
        this.out = out;
        this.print = print;
    }

    @Override
    public void accept(WireMessage message) {
        // Without security the bytes are the plain message, and once is enough.
        boolean twice = last.containsValue(message.text());
        last.put(message.stage(), message.text());
        if (print && !twice) {
            out.println("── " + message.stage().label() + " ──");
            out.println(message.text());
            out.println();
        }
    }

    /** What was last seen at {@code stage}; empty when nothing was. */
    String last(Stage stage) {
        return last.getOrDefault(stage, "");
    }

    /** Forgets what was seen, so that the next exchange cannot be taken for an earlier one. */
    void forget() {
        last.clear();
    }
}
