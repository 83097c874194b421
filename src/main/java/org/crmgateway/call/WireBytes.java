package org.crmgateway.call;

/** The bytes of a message as they came: the port leaves them with the request, since a stream would make a second copy. */
public final class WireBytes {
    /** The request's attribute that holds them, a {@code byte[]}. */
    public static final String ATTRIBUTE = WireBytes.class.getName();

    private WireBytes() {}
}
