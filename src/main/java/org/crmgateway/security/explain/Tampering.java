package org.crmgateway.security.explain;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.w3c.dom.DOMException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Tries what may have happened to a signed element, until its bytes are those that were signed. */
final class Tampering {
    /** Canonical bytes that may be made for one element in all; so a large message costs seconds, not minutes. */
    private static final int WORK = 12 << 20;

    /** What trying costs besides. */
    private static final int EACH = 4 << 10;

    private static final List<String> OTHER_CHARSETS =
            List.of("ISO-8859-1", "windows-1252", "UTF-16LE", "UTF-16BE", "UTF-16");

    private final Element target;
    private final String name;
    private final Function<Element, Optional<byte[]>> canonical;
    private final Predicate<byte[]> signed;
    private int work;

    /**
     * @param name of the target, for people
     * @param canonical how its bytes are made
     * @param signed whether bytes are those that were signed
     */
    Tampering(Element target, String name, Function<Element, Optional<byte[]>> canonical, Predicate<byte[]> signed) {
        this.target = target;
        this.name = name;
        this.canonical = canonical;
        this.signed = signed;
    }

    /** For a reference whose digest is not the signed one. */
    static Finding of(SignedPart part) {
        Element target = part.targets().get(0);
        Predicate<byte[]> signed = bytes -> Canonical.digest(part.digestAlgorithm(), bytes)
                .filter(digest -> Arrays.equals(digest, part.expected()))
                .isPresent();
        Tampering tampering = new Tampering(
                target, part.name(), element -> Canonical.bytes(element, part.transform(), part.prefixes()), signed);
        return tampering
                .otherCanonicalisation(part)
                .or(() -> tampering.undone(part.prefixes()))
                .or(tampering::otherCharset)
                .or(tampering::ofAnotherElement)
                .orElse(new Finding(Cause.CHANGED, part.name(), "no usual change of form explains its digest"));
    }

    private Optional<Finding> otherCanonicalisation(SignedPart part) {
        if (!part.prefixes().isEmpty() && fits(Canonical.bytes(target, part.transform(), ""))) {
            return finding(Cause.PREFIX_LIST_IGNORED, "without the PrefixList");
        }
        if (fits(Canonical.bytes(target, Canonical.INCLUSIVE, ""))
                || fits(Canonical.bytes(target, Canonical.INCLUSIVE_11, ""))) {
            return finding(Cause.INCLUSIVE_C14N, "with inclusive C14N");
        }
        if (fits(Canonical.bytes(target, Canonical.EXCLUSIVE_COMMENTS, part.prefixes()))) {
            return finding(Cause.COMMENTS, "with its comments");
        }
        return Optional.empty();
    }

    private Optional<Finding> otherCharset() {
        byte[] utf8 = canonical.apply(target).orElse(new byte[0]);
        for (String other : OTHER_CHARSETS) {
            byte[] recoded = new String(utf8, StandardCharsets.UTF_8).getBytes(Charset.forName(other));
            if (!Arrays.equals(recoded, utf8) && signed.test(recoded)) {
                return finding(Cause.CHARSET_OF_DIGEST, "as " + other);
            }
        }
        return Optional.empty();
    }

    /** @param prefixes of the PrefixList */
    Optional<Finding> undone(String prefixes) {
        List<Hypothesis> all = new ArrayList<>(TextChanges.all());
        all.addAll(NameChanges.of(target, prefixes));
        Document document = target.getOwnerDocument();
        int place = Parts.descendants(document.getDocumentElement()).indexOf(target);
        for (Hypothesis hypothesis : all) {
            Document copy = (Document) document.cloneNode(true);
            Element element = Parts.descendants(copy.getDocumentElement()).get(place);
            Optional<byte[]> bytes = applied(hypothesis, element) ? canonical.apply(element) : Optional.empty();
            if (fits(bytes)) {
                String subject = hypothesis.subject().isEmpty() ? name : hypothesis.subject();
                String evidence = evidence(hypothesis.evidence()) + difference(bytes.orElse(new byte[0]));
                return Optional.of(new Finding(hypothesis.cause(), subject, evidence));
            }
            if (work > WORK) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Where, and how many bytes; never which. */
    private String difference(byte[] signedBytes) {
        byte[] arrived = canonical.apply(target).orElse(new byte[0]);
        int place = Arrays.mismatch(signedBytes, arrived);
        return "; signed were " + signedBytes.length + " bytes, " + arrived.length + " arrived"
                + (place < 0 ? "" : ", first different at byte " + place);
    }

    private static boolean applied(Hypothesis hypothesis, Element element) {
        try {
            hypothesis.undo().apply(element);
            return true;
        } catch (DOMException e) {
            // A name or text that cannot be: then it was not that.
            return false;
        }
    }

    private Optional<Finding> ofAnotherElement() {
        for (Element other : Parts.descendants(target.getOwnerDocument().getDocumentElement())) {
            if (work > WORK) {
                break;
            }
            if (fits(canonical.apply(other))) {
                return Optional.of(new Finding(
                        Cause.DIGEST_OF_OTHER, name, "the signed digest is that of the element " + Shown.name(other)));
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> finding(Cause cause, String how) {
        return Optional.of(new Finding(cause, name, evidence(how)));
    }

    private static String evidence(String how) {
        return how + " the digest is the signed one";
    }

    private boolean fits(Optional<byte[]> bytes) {
        bytes.ifPresent(made -> work += made.length + EACH);
        return bytes.filter(signed).isPresent();
    }
}
