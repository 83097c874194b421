package org.crmgateway.attack;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crmgateway.failure.Code;

/**
 * What must come back for an attack, in a closed vocabulary, and what the trail must say.
 *
 * @param answers one of these: {@code SEC}, {@code MALFORMED}, {@code VERSION}, {@code BUSY}, {@code fault CODE},
 *     {@code http 415}, {@code cut} (the connection ends without an answer), {@code served},
 *     {@code page} (of the contract)
 * @param reasons one of these is the only entry of the trail; with a dot at its end, any that begins with it; none for no entry
 */
record Expected(Set<String> answers, Set<String> reasons) {
    Expected {
        answers = Set.copyOf(answers);
        reasons = Set.copyOf(reasons);
    }

    /** The security refusal. */
    static Expected sec(String... reasons) {
        return of("SEC", reasons);
    }

    /** The refusal of what is no acceptable envelope. */
    static Expected malformed(String... reasons) {
        return of("MALFORMED", reasons);
    }

    static Expected version() {
        return of("VERSION", "soap.version");
    }

    /** The declared fault; its code is what the trail says. */
    static Expected fault(Code code) {
        return of("fault " + code.name(), code.name());
    }

    /** An answer of the port itself, with an empty body. */
    static Expected http(int status, String... reasons) {
        return of("http " + status, reasons);
    }

    /** The connection ends, and nothing is said. */
    static Expected cut(String... reasons) {
        return of("cut", reasons);
    }

    /** Not an attack after all: an answer, and what it asked for was done. */
    static Expected served() {
        return of("served");
    }

    /** A page or file of the contract. */
    static Expected page() {
        return of("page");
    }

    Expected or(Expected other) {
        return new Expected(both(answers, other.answers), both(reasons, other.reasons));
    }

    boolean servedOnly() {
        return answers.equals(Set.of("served"));
    }

    boolean fitsReason(String reason) {
        return reasons.stream()
                .anyMatch(wanted -> wanted.endsWith(".") ? reason.startsWith(wanted) : reason.equals(wanted));
    }

    @Override
    public String toString() {
        return new TreeSet<>(answers).stream().collect(Collectors.joining(" or "));
    }

    private static Expected of(String answer, String... reasons) {
        return new Expected(Set.of(answer), Set.copyOf(Arrays.asList(reasons)));
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }
}
