package org.crmgateway.demo;

/**
 * One SOAP message at one point of its way.
 *
 * @param text the whole envelope
 */
public record WireMessage(Stage stage, String text) {
    /** Where the message was seen; all four come for each answered call, in this order, in the sandbox too. */
    public enum Stage {
        /** Before it was signed and encrypted. */
        SENT_PLAIN("to be sent"),
        /** As the bytes that left. */
        SENT("sent"),
        /** As the bytes that came. */
        RECEIVED("received"),
        /** After it was decrypted and verified. */
        RECEIVED_PLAIN("received, decrypted");

        private final String label;

        Stage(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
