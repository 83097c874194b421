package org.crmgateway.soap;

import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.crmgateway.failure.Failure;
import org.w3c.dom.Node;

/**
 * Stops an answer with a character that XML 1.0 cannot carry (section 2.2): signed and encrypted, it would leave here without an
 * error and be unreadable for its partner.
 */
final class TextCheck extends AbstractPhaseInterceptor<Message> {
    TextCheck() {
        super(Phase.POST_MARSHAL);
    }

    @Override
    public void handleMessage(Message message) {
        Node envelope = message.getContent(Node.class);
        if (envelope != null) {
            check(envelope);
        }
    }

    private static void check(Node parent) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.TEXT_NODE) {
                check(node.getNodeValue());
            } else {
                check(node);
            }
        }
    }

    private static void check(String text) {
        if (!passes(text)) {
            throw Failure.internal(new IllegalStateException("the answer has a character XML cannot carry"));
        }
    }

    /** Whether an answer could carry this text. */
    static boolean passes(CharSequence text) {
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = Character.codePointAt(text, i);
            if (!allowed(point)) {
                return false;
            }
        }
        return true;
    }

    private static boolean allowed(int point) {
        return point >= 0x20 && point <= 0xD7FF
                || point >= 0xE000 && point <= 0xFFFD
                || point >= 0x10000
                || point == '\n'
                || point == '\t'
                || point == '\r';
    }
}
