package org.crmgateway.audit;

/** Whose signature makes a checkpoint. */
public interface Signer {
    byte[] sign(byte[] content);

    /** Whether {@code signature} is this signer's over {@code content}, by whatever key it has or had. */
    boolean signed(byte[] content, byte[] signature);
}
