package org.crmgateway.audit;

/** Whose signature makes a checkpoint. */
public interface Signer {
    /** For trails that are read without checkpoints. */
    Signer NOBODY = new Signer() {
        @Override
        public byte[] sign(byte[] content) {
            throw new IllegalStateException("nobody signs");
        }

        @Override
        public boolean signed(byte[] content, byte[] signature) {
            return false;
        }
    };

    byte[] sign(byte[] content);

    /** Whether {@code signature} is this signer's over {@code content}, by whatever key it has or had. */
    boolean signed(byte[] content, byte[] signature);
}
