package org.crmgateway.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Node;
import org.xmlunit.builder.DiffBuilder;
import org.xmlunit.diff.Comparison;
import org.xmlunit.diff.ComparisonResult;
import org.xmlunit.diff.ComparisonType;
import org.xmlunit.diff.DefaultComparisonFormatter;
import org.xmlunit.diff.Diff;
import org.xmlunit.diff.DifferenceEvaluators;

/** The contract's examples: one story, step by step, and what must be equal when it is played. */
public final class Examples {
    /** Elements whose values the gateway makes up. */
    private static final Set<String> MADE_UP = Set.of(
            "callId", "id", "recordId", "customerId", "createdAt", "changedAt", "at", "nextCursor", "changesCursor");

    private Examples() {}

    /** The steps in the order they are played, e.g. {@code createOrder} or {@code createOrder-fault}. */
    public static List<String> story() {
        return read("sequence.txt")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    public static String request(String step) {
        return read(step + "-request.xml");
    }

    /** The response, or the fault, that the step ends with. */
    public static String answer(String step) {
        return read(step.endsWith("-fault") ? step + ".xml" : step + "-response.xml");
    }

    /** What differs between an answer and its example; empty when nothing does that matters. */
    public static String difference(String expected, String actual) {
        Diff diff = DiffBuilder.compare(expected)
                .withTest(actual)
                .ignoreWhitespace()
                .ignoreComments()
                .withDifferenceEvaluator(
                        DifferenceEvaluators.chain(DifferenceEvaluators.Default, Examples::ignoreMadeUp))
                .checkForSimilar()
                .build();
        return diff.hasDifferences() ? diff.fullDescription(new DefaultComparisonFormatter()) : "";
    }

    private static ComparisonResult ignoreMadeUp(Comparison comparison, ComparisonResult outcome) {
        if (outcome == ComparisonResult.DIFFERENT && comparison.getType() == ComparisonType.TEXT_VALUE) {
            Node text = comparison.getControlDetails().getTarget();
            if (text.getParentNode() != null
                    && MADE_UP.contains(text.getParentNode().getLocalName())) {
                return ComparisonResult.SIMILAR;
            }
        }
        return outcome;
    }

    private static String read(String file) {
        try (InputStream stream = Examples.class.getResourceAsStream("/contract/wsdl/examples/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("no example " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
