package org.crmgateway.soap;

import jakarta.xml.bind.ValidationEvent;
import jakarta.xml.bind.ValidationEventHandler;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cxf.jaxb.UnmarshallerEventHandler;
import org.crmgateway.failure.Failure;
import org.crmgateway.failure.Violation;

/**
 * Collects what of a request breaks the schema, as path and rule. The validator's own message quotes the value, so only
 * the rule's name is taken from it (XML Schema Part 1, appendix C: {@code cvc-…}).
 */
final class SchemaRules implements ValidationEventHandler, UnmarshallerEventHandler {
    private static final Pattern CONSTRAINT = Pattern.compile("(cvc-[A-Za-z0-9.-]+): .*", Pattern.DOTALL);
    private static final Pattern FACET = Pattern.compile("cvc-([A-Za-z]+)-valid");
    private static final Pattern EXPECTED = Pattern.compile("\"urn:crmgateway:[a-z]+:v1\":([A-Za-z]+)");
    /** Says of an element what a facet has just said of its value. */
    private static final Set<String> ECHOES = Set.of("cvc-type.3.1.3", "cvc-attribute.3", "cvc-complex-type.2.2");

    private final PayloadReader reader;
    private final Set<Violation> found = new LinkedHashSet<>();

    SchemaRules(PayloadReader reader) {
        this.reader = reader;
    }

    /** @return whether to go on and look for more */
    @Override
    public boolean handleEvent(ValidationEvent event) {
        Matcher matcher = CONSTRAINT.matcher(String.valueOf(event.getMessage()));
        String constraint = matcher.matches() ? matcher.group(1) : "";
        String rule = rule(constraint);
        if (rule.equals("unexpected")) {
            reader.disown();
        }
        String path = rule.equals("missing") ? missing(event.getMessage()) : reader.path();
        boolean known = found.stream().anyMatch(violation -> violation.path().equals(path));
        if (!known || !(constraint.isEmpty() || ECHOES.contains(constraint))) {
            found.add(new Violation(path, rule));
        }
        return found.size() < Failure.MAX_VIOLATIONS;
    }

    /** The validator lists what may come next, in the schema's words; in a sequence the last of them is what must. */
    private String missing(String message) {
        Matcher expected = EXPECTED.matcher(message);
        String name = "";
        while (expected.find()) {
            name = expected.group(1);
        }
        String parent = reader.path();
        return name.isEmpty() ? parent : parent.equals("/") ? name : parent + "/" + name;
    }

    private static String rule(String constraint) {
        Matcher facet = FACET.matcher(constraint);
        if (facet.matches()) {
            return facet.group(1);
        }
        return switch (constraint) {
            case "cvc-complex-type.2.4.b" -> "missing";
            case "cvc-complex-type.2.4.a",
                    "cvc-complex-type.2.4.c",
                    "cvc-complex-type.2.4.d",
                    "cvc-complex-type.2.4.e",
                    "cvc-complex-type.2.4.f",
                    "cvc-complex-type.2.1",
                    "cvc-type.3.1.2" -> "unexpected";
            case "cvc-complex-type.3.2.2", "cvc-type.3.1.1" -> "attribute";
            case "cvc-complex-type.2.3" -> "text";
            default -> "type";
        };
    }

    /** @throws Failure SCHEMA_VIOLATION, when anything was found */
    @Override
    public void onUnmarshalComplete() {
        if (!found.isEmpty()) {
            throw failure();
        }
    }

    boolean broken() {
        return !found.isEmpty();
    }

    Failure failure() {
        return Failure.schema(List.copyOf(found));
    }
}
