package org.crmgateway.demo;

import jakarta.xml.ws.WebServiceException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.crmgateway.contract.fault.GatewayFault;

/** Plays the steps of a story, each told in one line: whether it came out right, its milliseconds, and what came out. */
final class Steps {
    private final PrintStream out;
    private boolean allRight = true;

    /** What a step does; returns what came out. */
    interface Step {
        String play() throws Exception;
    }

    /** Something came out otherwise than the contract says. */
    static final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unexpected(String message) {
            super(message);
        }
    }

    Steps(PrintStream out) {
        this.out = out;
    }

    void play(String title, Step step) {
        long start = System.nanoTime();
        String mark = "✓";
        String outcome;
        try {
            outcome = step.play();
        } catch (org.crmgateway.contract.customer.GatewayFaultMessage e) {
            mark = "✗";
            outcome = told(e.getFaultInfo());
        } catch (org.crmgateway.contract.order.GatewayFaultMessage e) {
            mark = "✗";
            outcome = told(e.getFaultInfo());
        } catch (Unexpected e) {
            mark = "✗";
            outcome = String.valueOf(e.getMessage());
        } catch (WebServiceException e) {
            mark = "✗";
            outcome = "no answer: " + e.getMessage();
        } catch (Exception e) {
            // A step that fails for any reason is a step that did not come out right; the others are still told.
            mark = "✗";
            outcome = e.toString();
        }
        allRight &= mark.equals("✓");
        long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        out.printf(Locale.ROOT, "%s %5d ms  %s: %s%n", mark, milliseconds, title, outcome);
        out.flush();
    }

    boolean allRight() {
        return allRight;
    }

    /** Ends the step as not right unless {@code holds}. */
    static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new Unexpected(otherwise);
        }
    }

    private static String told(GatewayFault fault) {
        StringBuilder text = new StringBuilder("fault ").append(fault.getCode());
        fault.getViolation()
                .forEach(violation -> text.append(", ")
                        .append(violation.getPath())
                        .append(' ')
                        .append(violation.getRule()));
        return text.append(", call ").append(fault.getCallId()).toString();
    }
}
